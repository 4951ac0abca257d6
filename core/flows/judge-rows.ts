import { NewProfile } from '../contract/profiles.ts';
import { refusal } from '../contract/refusal.ts';
import type { MappedRow, RowError } from '../engines/imports/row.ts';
import { rowErrorOf } from '../engines/imports/row-error-of.ts';
import type { Tally } from '../engines/imports/tally.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { Caller } from '../model/caller.ts';
import { takeEvents } from './take-events.ts';
import type { TrackingPlan } from './tracking-plan.ts';

type EventTools = Parameters<typeof takeEvents>[2];

/** Whoever may import may say what a secret key may. */
const caller = { kind: 'secret', id: 'import', scopes: ['ingest'], fieldPolicy: {} } satisfies Caller;

/**
 * Judges rows of events as the door does. `idOf`: under which message id a row is known that has none of its own. A time
 * that cannot be read refuses its row: the time of the import would be wrong for what happened long ago.
 */
export const judgeEventRows = (
  rows: readonly MappedRow[],
  idOf: (row: MappedRow, index: number) => string,
  tools: EventTools,
  plan?: TrackingPlan,
): { tally: Tally; fresh: AcceptedEvent[] } => {
  const given = rows.map((row, index) => ({ messageId: idOf(row, index), ...row.body }));
  const { results, fresh, duplicates } = takeEvents(given, { strict: true, caller, plan }, tools);
  const errors = results.flatMap(({ problem }, index) => {
    const row = rows[index]?.row;
    return problem && row ? [rowErrorOf(row, problem)] : [];
  });
  const taken = results.filter(({ event }) => event !== undefined);
  const warnings = taken.flatMap(one => one.warnings.map(({ message }) => message));
  return { tally: { accepted: fresh.length, duplicates, errors, warnings }, fresh };
};

/** A row as what creates a profile, or why it is none. */
export const judgeProfileRow = ({ row, body }: MappedRow): { profile: NewProfile } | { error: RowError } => {
  const { data, error } = NewProfile.safeParse(body);
  return error ? { error: rowErrorOf(row, refusal('body', error)) } : { profile: data };
};
