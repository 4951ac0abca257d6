import { expect, test } from 'vitest';
import type { Table } from '../../../core/ports/table.ts';
import { foldReport } from '../../simulation/fold-report.ts';
import { foldSchedule } from '../../simulation/fold-schedule.ts';
import { runFoldSchedule } from '../../simulation/run-fold-schedule.ts';

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

test('under 200 seeded schedules of faults and races nothing is lost and nothing has its effect twice', async () => {
  expect(await foldReport(seeds)).toEqual({ schedules: 200, failing: [], lost: [], duplicated: [], wrong: [] });
}, 120_000);

test('the same seed gives the same run', async () => {
  const operations = async (): Promise<string[]> => {
    const seen: string[] = [];
    const around = (table: Table): Table => ({
      ...table,
      writeEach: writes => {
        seen.push(JSON.stringify(writes));
        return table.writeEach(writes);
      },
    });
    await runFoldSchedule(foldSchedule(23), { around });
    return seen;
  };
  const first = await operations();
  expect(first.length).toBeGreaterThan(5);
  expect(await operations()).toEqual(first);
});
