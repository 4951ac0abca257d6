import type { PlanViolations, Violation, ViolationExample } from '../../model/violation.ts';

/** Violations of one type that are counted and not told yet. */
export interface CountedViolations {
  schemaVersion: number;
  count: number;
  /** Newest first. */
  examples: ViolationExample[];
}

const examplesMax = 10;

const exampleOf = ({ eventId, faults: [fault] }: Violation, at: number): ViolationExample => ({
  eventId,
  at: new Date(at).toISOString(),
  path: fault?.path ?? '',
  reason: fault?.reason ?? '',
});

/** What broke an older version of a schema is forgotten: a process may hold events against a former one for a while. */
export const addViolations = (newer: CountedViolations, older: CountedViolations): CountedViolations => {
  if (newer.schemaVersion !== older.schemaVersion) return newer.schemaVersion > older.schemaVersion ? newer : older;
  return {
    schemaVersion: newer.schemaVersion,
    count: newer.count + older.count,
    examples: [...newer.examples, ...older.examples].slice(0, examplesMax),
  };
};

/** Adds a violation (`at`: epoch ms) to those of its type. */
export const noteViolation = (
  known: CountedViolations | undefined,
  violation: Violation,
  at: number,
): CountedViolations => {
  const one = { schemaVersion: violation.schemaVersion, count: 1, examples: [exampleOf(violation, at)] };
  return known ? addViolations(one, known) : one;
};

/** Adds what was counted to what is known of a type; the very same where there is nothing to add. */
export const countViolations = (
  before: PlanViolations | undefined,
  type: string,
  counted: CountedViolations,
): PlanViolations => {
  if (before && before.schemaVersion > counted.schemaVersion) return before;
  const all = before ? addViolations(counted, before) : counted;
  const lastAt = counted.examples[0]?.at ?? before?.lastAt ?? '';
  return { id: type, version: (before?.version ?? 0) + 1, lastAt, ...all };
};
