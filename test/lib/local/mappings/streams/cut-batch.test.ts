import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payloadBytesMax } from '../../../../../lib/local/mappings/payload.ts';
import { type CutRules, cutBatch, type Waiting } from '../../../../../lib/local/mappings/streams/cut-batch.ts';
import { record, records } from './records.ts';

const rules: CutRules = { batchSize: 3, windowMilliseconds: 1000, tumblingMilliseconds: undefined };

const waiting = (count: number, bytes = 100): Waiting[] =>
  records(count, { bytes }).map(one => ({ record: one, readAt: 50 }));

const oneMegabyte = 1024 * 1024;

test.each<[string, Waiting[], number, boolean, unknown]>([
  ['nothing waits for nothing', [], 0, false, { waitMilliseconds: Number.POSITIVE_INFINITY }],
  ['less than a batch waits for the window of its first record', waiting(2), 100, false, { waitMilliseconds: 950 }],
  ['a full batch does not wait', waiting(3), 100, false, { count: 3 }],
  ['more than a batch makes one batch', waiting(5), 100, false, { count: 3 }],
  ['when the window has passed what is there is taken', waiting(2), 1050, false, { count: 2 }],
  ['at the end of a shard what is there is taken', waiting(1), 100, true, { count: 1 }],
  ['the payload ends a batch', waiting(3, 3 * oneMegabyte), 100, false, { count: 1 }],
  ['a record alone is handed over whatever its size', waiting(2, 7 * oneMegabyte), 100, false, { count: 1 }],
])('%s', (_name, list, now, ended, expected) => {
  expect(cutBatch(list, rules, now, ended)).toEqual(expected);
});

test('a tumbling window ends a batch', () => {
  const arrivals = [1000, 1999, 2000];
  const list = arrivals.map((arrivedAt, index) => ({ record: record(index, { arrivedAt }), readAt: 0 }));
  expect(cutBatch(list, { ...rules, batchSize: 10, tumblingMilliseconds: 1000 }, 0, false)).toEqual({ count: 2 });
});

test('cut after cut, every record is in one batch, and no batch is over its limits', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 * oneMegabyte })),
      fc.integer({ min: 1, max: 5 }),
      (sizes, batchSize) => {
        const rest = sizes.map((bytes, index) => ({ record: record(index, { bytes }), readAt: 0 }));
        const taken: string[] = [];
        while (rest.length > 0) {
          const cut = cutBatch(rest, { ...rules, batchSize }, 0, true);
          const batch = rest.splice(0, 'count' in cut ? cut.count : 0);
          const bytes = batch.reduce((sum, one) => sum + one.record.bytes, 0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(batchSize);
          if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(payloadBytesMax);
          taken.push(...batch.map(one => one.record.sequence));
        }
        expect(taken).toEqual(sizes.map((_size, index) => String(index + 1)));
      },
    ),
  ));
