import { EventBridgeClient, PutEventsCommand, type PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { factOf } from '../../../core/model/fact.ts';
import { eventBridgeBus } from '../../../functions/adapters/event-bus.ts';
import { recordedBus } from '../../../functions/adapters/recorded-bus.ts';

const mock = mockClient(EventBridgeClient);
const bus = eventBridgeBus(new EventBridgeClient({ region: 'us-east-1' }), 'facts');
const facts = Array.from({ length: 25 }, (_, n) =>
  factOf({ type: 'job.failed', subject: `job-${n}`, sequence: '1', at: 0, data: { jobId: `job-${n}` } }),
);

beforeEach(() => void mock.reset());

test('facts are put ten at a time, each with its type and itself as detail', async () => {
  mock.on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommandInput) => ({
    Entries: Entries.map((_, index) => ({ EventId: `${index}` })),
  }));
  expect(await bus.put(facts)).toEqual([]);
  const calls = mock.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries ?? []);
  expect(calls.map(entries => entries.length)).toEqual([10, 10, 5]);
  expect(calls[0]?.[0]).toMatchObject({
    EventBusName: 'facts',
    Source: 'customer-data-platform',
    DetailType: 'job.failed',
    Detail: JSON.stringify(facts[0]),
  });
});

test('what the bus refuses is told, and only that', async () => {
  mock.on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommandInput) => ({
    Entries: Entries.map((_, index) => (index === 3 ? { ErrorCode: 'ThrottlingException' } : { EventId: `${index}` })),
  }));
  expect((await bus.put(facts)).map(({ subject }) => subject)).toEqual(['job-3', 'job-13', 'job-23']);
});

test('a bus that does not answer has taken nothing', async () => {
  mock.on(PutEventsCommand).rejects(new Error('down'));
  expect(await bus.put(facts)).toEqual(facts);
});

test('the bus of this process keeps the newest facts', async () => {
  const recorded = recordedBus();
  for (let round = 0; round < 50; round += 1) expect(await recorded.put(facts)).toEqual([]);
  expect(recorded.facts).toHaveLength(1000);
  expect(recorded.facts.at(-1)).toEqual(facts.at(-1));
});
