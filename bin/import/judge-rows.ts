import { judgeEventRows, judgeProfileRow } from '../../core/flows/judge-rows.ts';
import { rowId } from './import-id.ts';
import type { SentKind } from './import-options.ts';
import type { Send } from './send.ts';

const judgeProfiles: Send = async rows => {
  const errors = rows.flatMap(row => {
    const judged = judgeProfileRow(row);
    return 'error' in judged ? [judged.error] : [];
  });
  return { accepted: rows.length - errors.length, duplicates: 0, errors, warnings: [] };
};

const judgeEvents: Send = async rows => {
  const tools = { now: () => new Date(), nextEventId: () => 'event-dry-run' };
  return judgeEventRows(rows, ({ row }) => rowId('dry-run', row.number), tools).tally;
};

/** Sends nothing: judges rows as the platform will, as far as this can be told without what it knows. */
export const judgeRows: Record<SentKind, Send> = {
  events: judgeEvents,
  consents: judgeEvents,
  profiles: judgeProfiles,
};
