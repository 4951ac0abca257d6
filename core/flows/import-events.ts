import type { MappedRow } from '../engines/imports/row.ts';
import { type BegunImport, importedRowId, type TakeRows } from './import-rows.ts';
import { judgeEventRows } from './judge-rows.ts';

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, '0')).join('');

/** The same for rows that say the same, in whatever import. */
const contentId = async (row: MappedRow): Promise<string> => {
  const content = new TextEncoder().encode(JSON.stringify(row.body));
  return `import-${hex(await crypto.subtle.digest('SHA-256', content))}`;
};

const idsOf = async (rows: readonly MappedRow[], job: BegunImport): Promise<string[]> =>
  job.spec.dedupe === 'content' ? Promise.all(rows.map(contentId)) : rows.map(row => importedRowId(job, row));

/** Puts rows on the event stream, each under a message id that it has whenever it comes. */
export const importEvents: TakeRows = async (rows, job, tools) => {
  const ids = await idsOf(rows, job);
  const plan = await tools.trackingPlan.get();
  const { tally, fresh } = judgeEventRows(rows, (_row, index) => ids[index] ?? '', tools, plan);
  if (fresh.length > 0 && !job.spec.dryRun) await tools.events.put(fresh);
  return tally;
};
