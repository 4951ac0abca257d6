import type { Promoted } from '../../model/profile-snapshot.ts';
import type { SnapshotManifest } from '../../model/snapshot-manifest.ts';

const minute = 60_000;
/** Within the hour, whoever was erased is in no file any more; the rest of it is for the job and for the last readers. */
const goneAgeMax = 30 * minute;
/** A delta that is larger than this costs each query more than the base costs once. */
const deltaShareMax = 0.02;
/** Below this nobody notices. */
const deltaRowsMin = 1000;
/** What a segment newly names is worth a base, but not one after the other. */
const promotionAgeMin = 10 * minute;

/** How many rows have changed since the base, and how many of those in it are gone. */
export interface Changed {
  rows: number;
  gone: number;
}

/**
 * Must the base be written anew? Where there is none, where more than a share of it has changed, where somebody in it
 * is gone, or where a custom field or a tag that conditions name has no column yet.
 *
 * @param named what stored conditions name
 * @param now epoch ms
 */
export const baseDue = (
  { base, baseAt, promoted }: SnapshotManifest,
  { rows, gone }: Changed,
  named: Promoted,
  now: number,
): boolean => {
  const age = now - baseAt;
  if (!base) return rows > 0;
  if (rows > Math.max(deltaRowsMin, base.rows * deltaShareMax)) return true;
  return (gone > 0 && age >= goneAgeMax) || (age >= promotionAgeMin && lacks(promoted, named));
};

const lacks = (promoted: Promoted, named: Promoted): boolean =>
  named.fields.some(name => !promoted.fields.includes(name)) || named.tags.some(name => !promoted.tags.includes(name));
