import type { Table } from '../../core/ports/table.ts';
import { tableMergeStore } from '../../functions/adapters/stores/table-merge-store.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { identityTools } from '../fixtures/fold-tools.ts';
import { startedAt } from './fold-schedule.ts';

/** What the flows need, over some table. */
export const toolsOver = (table: Table, writesMax: number, name: string) => {
  let count = 0;
  const next = (prefix: string) => `${prefix}-${name}${String(count++).padStart(6, '0')}`;
  return {
    profiles: tableProfileStore(
      table,
      () => next('attempt'),
      () => startedAt,
    ),
    merges: tableMergeStore(table, () => next('attempt'), writesMax),
    accountCurrency: 'USD',
    ...identityTools(),
    consentMergePolicy: 'permissive_safe' as const,
    newId: next,
    now: () => new Date(startedAt + 30_000),
    quarantine: { add: async () => {} },
  };
};
export type SimulationTools = ReturnType<typeof toolsOver>;
