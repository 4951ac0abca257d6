import type { Condition } from '../../language/condition.ts';
import { dependenciesOf } from '../../language/dependencies.ts';
import { aheadMs, mayHold, saysNothing } from '../../language/may-hold.ts';
import { conditionSql } from '../../language/sql/condition-sql.ts';
import type { Question } from '../../language/sql/question.ts';
import { nothingPromoted, placeOf } from '../../model/profile-snapshot.ts';

/** The parts into which everybody is divided, each with about as many. */
export const scanParts = 16;

/** The part that somebody is in. */
export const scanPartOf = (id: string): number => (id.codePointAt(id.length - 1) ?? 0) % scanParts;

/** Which ids a question tells: those of one part behind another id, in their order. */
export interface ScanPage {
  part: number;
  /** Empty: from the first. */
  after: string;
  limit: number;
  /** Epoch ms. */
  now: number;
}

/**
 * Can everybody be looked through at once, instead of one by one? Not for what only the hands of others tell, nor for
 * fields that the snapshot does not have.
 */
export const isWorthScanning = (condition: Condition): boolean => {
  const { segments, fields } = dependenciesOf(condition);
  const isThere = (field: string) => placeOf(field, nothingPromoted) !== undefined;
  return segments.size === 0 && [...fields].every(isThere) && !saysNothing(mayHold(condition));
};

/** The events that the question whom it is worth to look at reads; `undefined` where it reads none. */
export const scanEvents = (condition: Condition, now: number): { types: string[]; from: number } | undefined => {
  const { events, eventsBackMs } = dependenciesOf(mayHold(condition));
  return events.size === 0 ? undefined : { types: [...events], from: Math.max(0, now + aheadMs - eventsBackMs) };
};

const pageOf =
  (found: { text: string; values: readonly (string | number | boolean)[] }, page: ScanPage): Question =>
  (dialect, profiles) => ({
    text: `SELECT id FROM ${profiles.text} WHERE ${found.text} AND ${dialect.lastCharacter('id')} % ${scanParts} = ${page.part}
      AND id > ? ORDER BY id LIMIT ${page.limit}`,
    values: [...found.values, page.after],
  });

/** Of whom a condition holds, or may come to hold by time alone, as far as the snapshot tells. */
export const worthLooking =
  (condition: Condition, page: ScanPage): Question =>
  (dialect, profiles) => {
    const { promoted, events } = profiles;
    const context = {
      dialect,
      promoted,
      id: 'id',
      now: page.now + aheadMs,
      ...(events === undefined ? {} : { events }),
    };
    return pageOf(conditionSql(mayHold(condition), context), page)(dialect, profiles);
  };

/** Who has changed since an instant (epoch ms). */
export const changedSince =
  (since: number, page: ScanPage): Question =>
  (dialect, profiles) => {
    const at = dialect.timestampOf(String(since));
    return pageOf({ text: `(updated_at >= ${at} OR person_updated_at >= ${at})`, values: [] }, page)(dialect, profiles);
  };
