import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Delivery, deliver } from '../../../../../lib/local/mappings/streams/deliver.ts';
import type { StreamRecord } from '../../../../../lib/local/mappings/streams/stream-source.ts';
import type { InvocationResult } from '../../../../../lib/local/worker/invocation.ts';
import { record, records } from './records.ts';

const rules: Delivery['rules'] = {
  bisects: true,
  retriesMax: 0,
  reportsItemFailures: false,
  recordAgeMaxMilliseconds: Number.POSITIVE_INFINITY,
};

const answered: InvocationResult = { requestId: 'request', kind: 'answered', json: undefined };
const failed: InvocationResult = { requestId: 'request', kind: 'failed', message: 'no' };

const sequencesOf = (list: readonly StreamRecord[]): string[] => list.map(({ sequence }) => sequence);

/** Delivers to a function that fails whenever one of the poisoned records is in its batch. */
const deliverTo = async (given: StreamRecord[], poisoned: ReadonlySet<string>, more: Partial<Delivery> = {}) => {
  const seen = { batches: [] as string[][], settled: [] as string[], givenUp: [] as [string, string[]][] };
  const delivery: Delivery = {
    rules,
    runningSince: 0,
    invoke: async list => {
      seen.batches.push(sequencesOf(list));
      return list.some(({ sequence }) => poisoned.has(sequence)) ? failed : answered;
    },
    settled: list => seen.settled.push(...sequencesOf(list)),
    giveUp: async (piece, condition) => {
      seen.givenUp.push([condition, sequencesOf(piece.records)]);
    },
    ...more,
  };
  await deliver(given, delivery, new AbortController().signal);
  return seen;
};

test('bisecting gives up the failing records and nothing else, and settles each record once, in order', () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 2 }),
      async (count, poisoned) => {
        const given = records(count);
        const bad = new Set(poisoned.map(String).filter(one => Number(one) <= count));
        const { settled, givenUp } = await deliverTo(given, bad);
        expect(settled).toEqual(sequencesOf(given));
        expect(givenUp.flatMap(([, list]) => list)).toEqual(sequencesOf(given).filter(one => bad.has(one)));
      },
    ),
    { numRuns: 12 },
  ));

test('nothing behind a failing record is handed over before it is settled', async () => {
  const { batches, givenUp } = await deliverTo(records(4), new Set(['2']), {
    rules: { ...rules, bisects: false, retriesMax: 2 },
  });
  expect(batches).toEqual(Array(3).fill(['1', '2', '3', '4']));
  expect(givenUp).toEqual([['RetryAttemptsExhausted', ['1', '2', '3', '4']]]);
});

test('what is too old is given up without an invocation', async () => {
  const old = [record(0, { arrivedAt: Date.now() - 60_000 }), record(1, { arrivedAt: Date.now() })];
  const { batches, givenUp, settled } = await deliverTo(old, new Set(), {
    rules: { ...rules, recordAgeMaxMilliseconds: 10_000 },
  });
  expect(givenUp).toEqual([['RecordAgeExceeded', ['1']]]);
  expect(batches).toEqual([['2']]);
  expect(settled).toEqual(['1', '2']);
});

test('the time for which this machine was off does not make a record too old', async () => {
  const { batches } = await deliverTo([record(0, { arrivedAt: Date.now() - 60_000 })], new Set(), {
    rules: { ...rules, recordAgeMaxMilliseconds: 10_000 },
    runningSince: Date.now(),
  });
  expect(batches).toEqual([['1']]);
});

test('an invocation that is cut off by the end of the runtime settles nothing', async () => {
  const abort = new AbortController();
  const settled: string[] = [];
  const delivery: Delivery = {
    rules: { ...rules, retriesMax: 0, bisects: false },
    runningSince: 0,
    invoke: async () => {
      abort.abort();
      return failed;
    },
    settled: list => settled.push(...sequencesOf(list)),
    giveUp: () => Promise.reject(new Error('nothing is to be given up')),
  };
  await deliver(records(2), delivery, abort.signal);
  expect(settled).toEqual([]);
});
