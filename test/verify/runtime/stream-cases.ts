import { failuresOf, idsIn } from './failure-objects.ts';
import { holds, type ProbeCase, same } from './probe-case.ts';
import type { ProbeEntry } from './probe-logs.ts';
import { numbered, putRecords } from './put-records.ts';

const idsOf = (entries: readonly ProbeEntry[]): string[][] =>
  entries.filter(({ kind }) => kind === 'begin').map(({ ids }) => ids);

const endedIds = (entries: readonly ProbeEntry[]): string[] =>
  entries.flatMap(({ kind, ids }) => (kind === 'end' ? ids : []));

const window: ProbeCase = {
  name: 'stream: a batch waits for its window',
  run: async ({ runtime }) => {
    const begun = Date.now();
    for (const record of numbered(3)) await putRecords(runtime, 'window', [record]);
    const [first] = await runtime.logs.when('window', 'one batch', entries => endedIds(entries).length === 3);
    same('the batch', first?.ids, ['r0', 'r1', 'r2']);
    holds('after the window of 2 s', Number(first?.at) - begun >= 1900, Number(first?.at) - begun);
  },
};

const size: ProbeCase = {
  name: 'stream: a full batch does not wait for its window',
  run: async ({ runtime }) => {
    await putRecords(runtime, 'size', numbered(7));
    const entries = await runtime.logs.when('size', 'two batches', all => endedIds(all).length === 6);
    same('the batches', idsOf(entries), [
      ['r0', 'r1', 'r2'],
      ['r3', 'r4', 'r5'],
    ]);
  },
};

const payload: ProbeCase = {
  name: 'stream: an event is never longer than 6 MB',
  run: async ({ runtime }) => {
    const filling = 'x'.repeat(700_000);
    for (const record of numbered(12)) await putRecords(runtime, 'payload', [{ ...record, filling }]);
    const entries = await runtime.logs.when('payload', 'all records', all => endedIds(all).length === 12);
    const begun = entries.filter(({ kind }) => kind === 'begin');
    const bytes = begun.map(entry => Number(entry.bytes));
    holds('no event over 6 MB', Math.max(...bytes) <= 6 * 1024 * 1024, bytes);
    holds('an event of more than 5 MB', Math.max(...bytes) > 5 * 1024 * 1024, bytes);
    same(
      'each record once, in order',
      endedIds(entries),
      numbered(12).map(({ id }) => id),
    );
  },
};

const partial: ProbeCase = {
  name: 'stream: after a partial failure the batch comes again from the lowest failed record',
  run: async ({ runtime }) => {
    const failing = (index: number) => ([4, 7].includes(index) ? { reports: true, once: true } : {});
    await putRecords(runtime, 'partial', numbered(10, failing));
    const ids = numbered(10).map(({ id }) => id);
    const entries = await runtime.logs.when('partial', 'a second batch', all => endedIds(all).length === 16);
    same('the batches', idsOf(entries), [ids, ids.slice(4)]);
  },
};

const bisect: ProbeCase = {
  name: 'stream: a failing batch is halved until the failing record is alone',
  run: async ({ runtime }) => {
    await putRecords(
      runtime,
      'bisect',
      numbered(8, index => (index === 5 ? { throws: true } : {})),
    );
    const [failure, ...others] = await failuresOf(runtime, 'probe-bisect');
    same('one failure', others.length, 0);
    same('the failing record alone', failure && idsIn(failure), ['r5']);
    const entries = await runtime.logs.when('bisect', 'all others', all => endedIds(all).length === 7);
    same(
      'the batches',
      idsOf(entries).map(({ length }) => length),
      [8, 4, 4, 2, 1, 1, 1, 2],
    );
    same('everything else is done, in order', endedIds(entries), ['r0', 'r1', 'r2', 'r3', 'r4', 'r6', 'r7']);
  },
};

const attempts: ProbeCase = {
  name: 'stream: a batch is given up after its attempts, and the next one follows',
  run: async ({ runtime }) => {
    await putRecords(
      runtime,
      'attempts',
      numbered(4, index => (index === 0 ? { throws: true } : {})),
    );
    const entries = await runtime.logs.when('attempts', 'the second batch', all => endedIds(all).length === 2);
    same('three attempts, then the next', idsOf(entries), [
      ['r0', 'r1'],
      ['r0', 'r1'],
      ['r0', 'r1'],
      ['r2', 'r3'],
    ]);
  },
};

const destination: ProbeCase = {
  name: 'stream: what was given up lies in the failure bucket as Lambda writes it',
  run: async ({ runtime }) => {
    const [failure] = await failuresOf(runtime, 'probe-attempts');
    const key =
      /^aws\/lambda\/[0-9a-f-]{36}\/shardId-000000000000\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/;
    holds('the key', key.test(failure?.key ?? ''), failure?.key);
    same('the records', failure && idsIn(failure), ['r0', 'r1']);
    same('the condition', failure?.requestContext.condition, 'RetryAttemptsExhausted');
    same('the count of invocations', failure?.requestContext.approximateInvokeCount, 3);
    same('the response', failure?.responseContext, {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: 'Unhandled',
    });
    same('the batch', failure?.KinesisBatchInfo.batchSize, 2);
    const requests = runtime.logs.begun('attempts').map(({ requestId }) => requestId);
    same('the last invocation', failure?.requestContext.requestId, requests[2]);
  },
};

const age: ProbeCase = {
  name: 'stream: a record is given up when it has become too old',
  run: async ({ runtime }) => {
    await putRecords(
      runtime,
      'age',
      numbered(4, index => (index === 0 ? { throws: true } : {})),
    );
    const [failure] = await failuresOf(runtime, 'probe-age');
    same('the condition', failure?.requestContext.condition, 'RecordAgeExceeded');
    same('the first record is in it', failure && idsIn(failure)[0], 'r0');
    await putRecords(runtime, 'age', [{ id: 'fresh' }]);
    await runtime.logs.when('age', 'a fresh record', all => endedIds(all).includes('fresh'));
  },
};

/** Whether two invocations were in work at the same time. */
const overlapped = (entries: readonly ProbeEntry[]): boolean => {
  let open = 0;
  return entries.some(({ kind }) => {
    open += kind === 'begin' ? 1 : -1;
    return open > 1;
  });
};

const order: ProbeCase = {
  name: 'stream: two batches at once keep the order of each key',
  run: async ({ runtime }) => {
    const records = numbered(120, index => ({ key: `key-${index % 8}`, sleeps: index % 5 }));
    await putRecords(runtime, 'order', records);
    const entries = await runtime.logs.when('order', 'all records', all => endedIds(all).length >= 120);
    const ids = endedIds(entries);
    same('each record once', ids.length, 120);
    for (const key of new Set(records.map(one => one.key))) {
      const own = records.filter(one => one.key === key).map(({ id }) => id);
      same(
        `the order of ${key}`,
        ids.filter(id => own.includes(id)),
        own,
      );
    }
    holds(
      'two batches at once',
      overlapped(entries),
      entries.map(({ kind, ids: some }) => [kind, some[0]]),
    );
  },
};

const timeout: ProbeCase = {
  name: 'stream: a function that never ends is ended at its timeout, and its batch comes again',
  run: async ({ runtime }) => {
    await putRecords(runtime, 'timeout', numbered(3));
    const entries = await runtime.logs.when('timeout', 'a second attempt', all => endedIds(all).length === 3);
    same(
      'the batches',
      idsOf(entries).map(({ length }) => length),
      [3, 3],
    );
    const [first, second] = entries.map(({ at }) => at);
    holds('after the timeout of 1 s', Number(second) - Number(first) >= 900, entries);
  },
};

interface WindowEntry extends ProbeEntry {
  shardId: string;
  window: { start: string; end: string };
  state: { count?: number };
  isFinalInvokeForWindow: boolean;
  eventSourceARN: string;
}

const tumbling: ProbeCase = {
  name: 'stream: a tumbling window carries its state and its shard, and ends with a last invocation',
  run: async ({ runtime }) => {
    await putRecords(runtime, 'tumbling', numbered(3));
    await runtime.logs.when('tumbling', 'the first batch', all => endedIds(all).length === 3);
    await putRecords(runtime, 'tumbling', [{ id: 'later' }]);
    const finals = (all: ProbeEntry[]) => all.filter(one => one.kind === 'begin' && one.isFinalInvokeForWindow);
    const counted = (all: ProbeEntry[]): number =>
      (finals(all) as WindowEntry[]).reduce((sum, { state }) => sum + (state.count ?? 0), 0);
    const entries = await runtime.logs.when('tumbling', 'the last invocations', all => counted(all) === 4);
    const begun = entries.filter(({ kind }) => kind === 'begin') as WindowEntry[];
    same('the shard of each batch', [...new Set(begun.map(({ shardId }) => shardId))], ['shardId-000000000000']);
    holds(
      'the stream of each batch',
      begun.every(one => one.eventSourceARN.endsWith('stream/probe-tumbling')),
      begun,
    );
    same('the state at first', begun[0]?.state, {});
    const lengths = begun.map(one => Date.parse(one.window.end) - Date.parse(one.window.start));
    same('the length of each window', [...new Set(lengths)], [3000]);
    same(
      'no records at the end',
      finals(entries).flatMap(({ ids }) => ids),
      [],
    );
  },
};

/** Streams: batches, failures, order. */
export const streamCases: ProbeCase[] = [
  window,
  size,
  payload,
  partial,
  bisect,
  attempts,
  destination,
  age,
  order,
  timeout,
  tumbling,
];
