import { afterEach, expect, test } from 'vitest';
import { sweepProfile } from '../../../core/contract/messages.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { consumer, type RunBatch } from '../../../functions/kit/consumer.ts';
import { log } from '../../../functions/kit/log.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { platformServices, testClock } from '../../fixtures/platform-services.ts';

log.setLogLevel('SILENT');
afterEach(() => provideServices(undefined));

type Run = RunBatch<typeof sweepProfile>;

/** Runs a consumer over messages; returns the ids of those that failed, and what the function was given each time. */
const consume = async (bodies: string[], run: Run) => {
  provideServices(platformServices(memoryTable(), testClock(), {}).services);
  const given: string[][] = [];
  const handler = consumer(sweepProfile, (batch, tools) => {
    given.push(batch.map(({ profileId }) => profileId));
    return run(batch, tools);
  });
  const Records = bodies.map((body, index) => ({ messageId: `m-${index}`, body, eventSource: 'aws:sqs' }));
  const { batchItemFailures } = await handler({ Records } as never, lambdaContext);
  return { failed: batchItemFailures.map(one => one.itemIdentifier), given };
};
const body = (profileId: string): string => JSON.stringify({ profileId });

test('a batch is handled at once, and nothing comes again', async () => {
  const { failed, given } = await consume([body('p-1'), body('p-2')], async () => undefined);
  expect(failed).toEqual([]);
  expect(given).toEqual([['p-1', 'p-2']]);
});

test('only the messages that the function names come again', async () => {
  const { failed } = await consume(['p-1', 'p-2', 'p-3'].map(body), async batch => new Set(batch.slice(1, 2)));
  expect(failed).toEqual(['m-1']);
});

test.each([['no JSON'], ['{}'], ['null'], ['{"profileId":7}']])(
  'the message %s fails alone and holds up no other',
  async bad => {
    const { failed, given } = await consume([bad, body('p-1')], async () => undefined);
    expect(failed).toEqual(['m-0']);
    expect(given).toEqual([['p-1']]);
  },
);

test('a fault fails every message of the batch', async () => {
  const { failed } = await consume(['p-1', 'p-2'].map(body), async () => {
    throw new Error('throttled');
  });
  expect(failed).toEqual(['m-0', 'm-1']);
});
