import { NewProfile } from '../../core/contract/profiles.ts';
import { refusal } from '../../core/contract/refusal.ts';
import { takeEvents } from '../../core/flows/take-events.ts';
import type { Caller } from '../../core/model/caller.ts';
import { rowId } from './import-id.ts';
import type { MappedRow } from './map-row.ts';
import type { RowError } from './row.ts';
import { rowErrorOf } from './row-refusal.ts';
import type { Send } from './send.ts';
import type { ImportKind } from './target.ts';

const judgeProfiles: Send = async rows => {
  const errors = rows.flatMap(({ row, body }): RowError[] => {
    const { error } = NewProfile.safeParse(body);
    return error ? [rowErrorOf(row, refusal('body', error))] : [];
  });
  return { accepted: rows.length - errors.length, duplicates: 0, errors, warnings: [] };
};

const caller = { kind: 'secret', id: 'dry-run', scopes: ['ingest'], fieldPolicy: {} } satisfies Caller;

const judgeEvents: Send = async (rows: readonly MappedRow[]) => {
  const tools = { now: () => new Date(), nextEventId: () => 'event-dry-run' };
  const { results, fresh, duplicates } = takeEvents(
    rows.map(({ row, body }) => ({ ...body, messageId: rowId('dry-run', row.number) })),
    { strict: true, caller },
    tools,
  );
  return {
    accepted: fresh.length,
    duplicates,
    errors: results.flatMap(({ problem }, index) => {
      const row = rows[index]?.row;
      return problem && row ? [rowErrorOf(row, problem)] : [];
    }),
    warnings: results.flatMap(({ warnings }) => warnings.map(({ message }) => message)),
  };
};

/** Sends nothing: judges rows as the platform will, as far as this can be told without what it knows. */
export const judgeRows: Record<ImportKind, Send> = {
  events: judgeEvents,
  consents: judgeEvents,
  profiles: judgeProfiles,
};
