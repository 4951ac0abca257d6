import { expect, test } from 'vitest';
import { log } from '../../functions/kit/log.ts';
import { runLakeSchedule } from '../verify/lake/run-lake-schedule.ts';

log.setLogLevel('SILENT');
const nothing = { lost: [], twice: [], wrong: [] };

test.each([0, 1, 2])('whatever ends the workers of the lake, readers have every event once (seed %i)', async seed => {
  expect(await runLakeSchedule(seed)).toEqual(nothing);
});

test('control: a batch that does not go on where the one before it ended is noticed', async () => {
  expect(await runLakeSchedule(0, 'end-of-shard')).not.toEqual(nothing);
});
