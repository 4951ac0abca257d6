import { definitionFields, type SegmentVersion } from '../contract/segment-versions.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { sameValue } from '../model/same-value.ts';
import type { Collection, Document } from '../ports/collection.ts';
import type { Write } from '../ports/table.ts';

/** A version as it is kept; it never changes. */
export interface StoredSegmentVersion extends Document {
  told: SegmentVersion;
}

/** The versions of one segment. */
export type SegmentVersionsOf = (segmentId: string) => Collection<StoredSegmentVersion>;

/** Who made a segment what it is, and from which version they took it. */
export interface VersionNote {
  by?: string | undefined;
  restoredFrom?: number | undefined;
}

const digits = 12;
export const versionId = (version: number): string => String(version).padStart(digits, '0');

/** Keeps a version of a segment together with the segment itself. */
export const addingVersion = (
  after: StoredSegment,
  before: StoredSegment | undefined,
  { by, restoredFrom }: VersionNote,
  segmentVersions: SegmentVersionsOf,
): Write => {
  const { version, updatedAt: at } = after;
  const changed = definitionFields.filter(name => !sameValue(after[name], before?.[name]));
  const said = Object.fromEntries(
    definitionFields.flatMap(name => (after[name] === undefined ? [] : [[name, after[name]]])),
  ) as Pick<StoredSegment, (typeof definitionFields)[number]>;
  const told: SegmentVersion = {
    ...said,
    ...{ version, at, changed },
    ...(by === undefined ? {} : { by }),
    ...(restoredFrom === undefined ? {} : { restoredFrom }),
  };
  return segmentVersions(after.id).adding({ id: versionId(version), version: 1, told });
};
