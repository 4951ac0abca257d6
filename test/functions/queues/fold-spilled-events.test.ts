import { beforeEach, expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { spillInto } from '../../../functions/adapters/spill-into.ts';
import { envelopes } from '../../../functions/adapters/stores/envelope.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { log } from '../../../functions/kit/log.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import type { Services } from '../../../functions/kit/services.ts';
import { handler } from '../../../functions/queues/fold-spilled-events.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { platformServices, testClock } from '../../fixtures/platform-services.ts';

log.setLogLevel('SILENT');
let services: Services;
let messages: { envelope: string }[];
beforeEach(() => {
  const clock = testClock();
  services = platformServices(memoryTable({ now: () => clock.at }), clock, {}).services;
  messages = [];
  provideServices(services);
});

const spill = (events: AcceptedEvent[], batchId?: string): Promise<void> =>
  spillInto({ send: async bodies => void messages.push(...bodies) })(envelopes(events, batchId));

/** Delivers every message; returns the places of those that are to come again. */
const deliver = async (): Promise<number[]> => {
  const Records = messages.map((body, index) => ({ messageId: String(index), body: JSON.stringify(body) }));
  const { batchItemFailures } = await handler({ Records } as never, lambdaContext);
  return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
};

const profileOf = async (customer: string) => {
  const key = `customerId#${customer}`;
  const id = (await services.profiles.ownersOf([key])).get(key) ?? '';
  return services.profiles.get(id);
};

test('what went around the stream has its effect, and none when it comes again', async () => {
  await spill([customerEvent('a', { amount: 10 }), customerEvent('b', { amount: 20 })], 'batch-1');
  expect(await deliver()).toEqual([]);
  const before = [await profileOf('a'), await profileOf('b')];
  expect(before.map(state => state?.head.counters.events)).toEqual([1, 1]);
  expect(await deliver()).toEqual([]);
  expect([await profileOf('a'), await profileOf('b')]).toEqual(before);
  const counts = { processed: 2, duplicates: 0, quarantined: 0, refused: 0 };
  expect(await services.batches.of('batch-1')).toEqual(counts);
});

test('an envelope that cannot be read comes again and ends in the dead letters, alone', async () => {
  messages.push({ envelope: Buffer.from('no envelope').toString('base64') });
  await spill([customerEvent('a', { amount: 10 })]);
  expect(await deliver()).toEqual([0]);
  expect((await profileOf('a'))?.head.counters.events).toBe(1);
});

test('an event that can never be folded is kept aside and holds up nobody', async () => {
  await spill([{ ...customerEvent('a'), profileId: 'profile-nobody' }, customerEvent('b')], 'batch-2');
  expect(await deliver()).toEqual([]);
  expect(await services.batches.of('batch-2')).toMatchObject({ processed: 1, quarantined: 1 });
});
