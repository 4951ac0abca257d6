import { expect, test } from 'vitest';
import { planCompaction } from '../../../../core/engines/lake/plan-compaction.ts';
import type { LakeRun, MergedFile } from '../../../../core/model/lake-partition.ts';

const day = '2026-02-15';
const duringIt = Date.parse('2026-02-15T12:00:00Z');
const afterIt = Date.parse('2026-02-16T02:00:00Z');
const span = { minEventId: 'a', maxEventId: 'b', minTime: 0, maxTime: 1 };
const runOf = (rows: number, mayRepeat = false): LakeRun => ({
  ...span,
  ...{ id: `run-${rows}`, rows, mayRepeat },
  files: { events: [], packed: [], slim: [], people: [], codes: [] },
});
const fileOf = (rows: number, mayRepeat = false): MergedFile => ({
  ...span,
  ...{ key: `merged-${rows}`, rows, mayRepeat, sizeBytes: 1 },
});

test.each([
  ['nothing came', [100], [], duringIt, undefined],
  ['a little comes to a large run', [1000], [10], duringIt, []],
  ['as much comes as is there', [1000], [600], duringIt, [1000]],
  ['runs are small one after the other', [10, 25, 1000], [6], duringIt, [10, 25]],
  ['a run has its largest size', [15_000_000], [9_000_000], duringIt, []],
  ['the day is over and scattered', [1000, 500], [], afterIt, [1000, 500]],
  ['the day is over and nearly all is in one run', [1000, 100], [], afterIt, undefined],
  ['the day is over and in one run', [1000], [], afterIt, undefined],
])('when %s, runs of %j with files of %j', (_, runs, merged, at, taken) => {
  const plan = planCompaction(
    { day, runs: runs.map(rows => runOf(rows)), merged: merged.map(rows => fileOf(rows)) },
    at,
  );
  expect(plan?.runs.map(({ rows }) => rows)).toEqual(taken);
  if (plan) expect(plan.merged).toHaveLength(merged.length);
});

test('what may repeat is sorted together with all of its day, once', () => {
  const [large, small] = [runOf(1000), fileOf(1, true)];
  expect(planCompaction({ day, runs: [large], merged: [small] }, duringIt)).toEqual({ runs: [large], merged: [small] });
  const marked = runOf(1000, true);
  expect(planCompaction({ day, runs: [marked], merged: [] }, duringIt)?.runs).toEqual([marked]);
});

test('however much comes, an event is written anew few times', () => {
  let runs: LakeRun[] = [];
  let written = 0;
  for (let hour = 0; hour < 240; hour += 1) {
    const plan = planCompaction({ day, runs, merged: [fileOf(1000)] }, duringIt);
    const rows = 1000 + (plan?.runs ?? []).reduce((sum, run) => sum + run.rows, 0);
    written += rows;
    runs = [...runs.filter(run => !plan?.runs.includes(run)), { ...runOf(rows), id: `run-${hour}` }];
  }
  expect(written / (240 * 1000)).toBeLessThan(9);
  expect(runs.length).toBeLessThan(9);
});
