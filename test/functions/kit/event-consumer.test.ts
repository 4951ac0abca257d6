import { afterEach, describe, expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { Progress } from '../../../core/ports/progress-store.ts';
import { packEvents } from '../../../functions/adapters/stores/chunk-codec.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { eventConsumer, type RunWindow } from '../../../functions/kit/event-consumer.ts';
import { log } from '../../../functions/kit/log.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { platformServices, testClock } from '../../fixtures/platform-services.ts';
import { someEvent, someTime } from '../../fixtures/profile-states.ts';

log.setLogLevel('SILENT');
afterEach(() => provideServices(undefined));

const record = (sequence: number, data: Uint8Array, shard = 'shardId-000000000000') => ({
  eventID: `${shard}:${sequence}`,
  kinesis: {
    sequenceNumber: String(sequence),
    data: Buffer.from(data).toString('base64'),
    approximateArrivalTimestamp: someTime / 1000,
  },
});
/** A record's bytes with anything in the place of events. */
const enclosing = (...contents: unknown[]): Uint8Array => {
  const [packed] = packEvents(contents as AcceptedEvent[], 25_000);
  return Buffer.concat([Buffer.from([packed?.dictionary ?? 0]), packed?.bytes ?? new Uint8Array()]);
};

/** Runs a consumer over records; tells what it was last given, what it answered and how far it says to have come. */
const consume = async (records: ReturnType<typeof record>[], run: RunWindow = async () => []) => {
  const { services } = platformServices(memoryTable(), testClock(), {});
  provideServices(services);
  let given: readonly AcceptedEvent[] = [];
  const handler = eventConsumer('test', (events, tools, envelopes) => {
    given = events;
    return run(events, tools, envelopes);
  });
  const answer = await handler({ Records: records } as never, lambdaContext);
  const progress: Progress[] = await services.progress.of('test');
  return { given, failures: answer.batchItemFailures.map(one => one.itemIdentifier), progress };
};

test('a window holds the events of all its records', async () => {
  const events = [someEvent(), someEvent(), someEvent()];
  const { given, failures, progress } = await consume(events.map((event, index) => record(index, enclosing(event))));
  expect(given).toEqual(events);
  expect(failures).toEqual([]);
  expect(progress).toEqual([{ shard: 'shardId-000000000000', sequence: '2', at: someTime }]);
});

test('everything from the first record with a failed event comes again, and no progress is told', async () => {
  const events = [someEvent(), someEvent(), someEvent()];
  const records = events.map((event, index) => record(index, enclosing(event)));
  const { failures, progress } = await consume(records, async given => [...given].slice(1).reverse());
  expect(failures).toEqual(['1']);
  expect(progress).toEqual([]);
});

test('a record that cannot be read is kept aside and holds up nothing', async () => {
  const event = someEvent();
  const { given, failures } = await consume([record(1, Buffer.from('garbage')), record(2, enclosing(event))]);
  expect(failures).toEqual([]);
  expect(given[0]).toMatchObject({
    id: 'event-1',
    quarantine: 'envelope_unreadable',
    properties: { data: Buffer.from('garbage').toString('base64') },
  });
  expect(given[1]).toEqual(event);
});

test.each([
  ['null', null],
  ['a number', 7],
  ['an event without an id', { ...someEvent(), id: undefined }],
  ['an event at no time', { ...someEvent(), timestamp: 'yesterday' }],
  ['an event whose identifiers are none', { ...someEvent(), identifiers: [{ type: 'email' }] }],
  ['an event without properties', { ...someEvent(), properties: null }],
])('%s in an envelope is kept aside', async (_, found) => {
  const good = someEvent();
  const { given } = await consume([record(5, enclosing(found, good))]);
  expect(given.map(event => [event.quarantine, event.id])).toEqual([
    ['envelope_unreadable', 'event-5-0'],
    [undefined, good.id],
  ]);
});

test('an unreadable record larger than an item can be is kept as far as it fits', async () => {
  const { given } = await consume([record(1, Buffer.alloc(900_000, 1))]);
  expect(String(given[0]?.properties.data).length).toBeLessThan(200_000);
});

test('a fault of the function fails the whole batch', async () => {
  await expect(
    consume([record(1, enclosing(someEvent()))], async () => {
      throw new Error('throttled');
    }),
  ).rejects.toThrow('throttled');
});

describe('records that hold more than memory has room for', () => {
  const megabyte = 'a'.repeat(1024 * 1024);
  const records = Array.from({ length: 40 }, (_, n) =>
    record(n, enclosing(someEvent({ properties: { megabyte, n } }))),
  );
  const numbersOf = (events: readonly AcceptedEvent[]) => events.map(({ properties }) => Number(properties.n));

  test('are folded in slices, every one once and in their order', async () => {
    const slices: number[][] = [];
    const { failures, progress } = await consume(records, async events => {
      slices.push(numbersOf(events));
      return [];
    });
    expect(slices.map(slice => slice.length)).toEqual([31, 9]);
    expect(slices.flat()).toEqual(records.map((_, n) => n));
    expect(failures).toEqual([]);
    expect(progress).toMatchObject([{ sequence: '39' }]);
  });

  test('come again from the first one that failed, and what follows it is not begun', async () => {
    const slices: number[][] = [];
    const { failures, progress } = await consume(records, async events => {
      slices.push(numbersOf(events));
      return events.filter(({ properties }) => properties.n === 17);
    });
    expect(slices.flat()).toEqual(Array.from({ length: 31 }, (_, n) => n));
    expect(failures).toEqual(['17']);
    expect(progress).toEqual([]);
  });
});
