import { expect, test } from 'vitest';
import { awaitBatches } from '../../../bin/demo/await-batches.ts';
import { demoPlan } from '../../../bin/demo/demo-plan.ts';
import { sendEvents } from '../../../bin/demo/send-events.ts';
import { Stopped } from '../../../bin/import/with-retries.ts';
import { openClient } from '../../../core/contract/client.ts';
import { jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';
import { openFakePlatform, problemAnswer, takeAll } from '../fake-platform.ts';

const { events } = demoPlan({ seed: 1, customers: 60, days: 45, until: '2026-02-15' });
const running = new AbortController().signal;
const clientOf = (url: string) => openClient({ baseUrl: url, key: 'key-1' });

test('every event is sent once, in batches, and told of as it is taken', async () => {
  const platform = await openFakePlatform();
  let told = 0;
  const onSent = (count: number): void => {
    told += count;
  };
  const batchIds = await sendEvents(clientOf(platform.url), events, { stop: running, onSent });
  expect(batchIds).toHaveLength(Math.ceil(events.length / 500));
  expect(told).toBe(events.length);
  const ids = platform.sentEvents().map(({ messageId }) => messageId);
  expect(ids.toSorted()).toEqual(events.map(({ messageId }) => messageId).toSorted());
});

test('a batch that was not answered is sent again as it is', async () => {
  const platform = await openFakePlatform((request, index) =>
    index === 0 ? 'drop' : index === 1 ? problemAnswer(503, 'UNAVAILABLE') : takeAll(request),
  );
  const one = events.slice(0, 10);
  await sendEvents(clientOf(platform.url), one, { stop: running });
  const [first, second, third, ...others] = platform.sent().map(({ body }) => body);
  expect([second, third, others]).toEqual([first, first, []]);
});

test('an event that is not taken ends it with the reason', async () => {
  const data = { batchId: 'b', accepted: 9, duplicates: 0, rejected: 1 };
  const results = [{ index: 0, error: { code: 'VALIDATION_FAILED', message: 'said no', details: [] } }];
  const platform = await openFakePlatform(() => jsonAnswer(202, { success: true, data: { ...data, results } }));
  const sending = sendEvents(clientOf(platform.url), events.slice(0, 10), { stop: running });
  await expect(sending).rejects.toThrow('The platform did not take an event of the demo: said no');
});

test('after Ctrl-C no batch is begun', async () => {
  const platform = await openFakePlatform();
  const sending = sendEvents(clientOf(platform.url), events, { stop: AbortSignal.abort() });
  await expect(sending).rejects.toThrow(Stopped);
  expect(platform.sent()).toEqual([]);
});

const batchServer = (statuses: readonly string[]) =>
  openTestServer((_request, index) =>
    jsonAnswer(200, { success: true, data: { status: statuses[Math.min(index, statuses.length - 1)] } }),
  );

test('batches are waited for until each is completed', async () => {
  const server = await batchServer(['pending', 'processing', 'completed', 'pending', 'completed']);
  await awaitBatches(clientOf(server.url), ['batch-1', 'batch-2'], { stop: running, pollMs: 1 });
  expect(server.requests.map(({ url }) => url.slice(-1)).join('')).toBe('11122');
});

test.each([
  ['takes too long', running, 'The platform has not worked off the first events in 0 s'],
  ['is stopped', AbortSignal.abort(), 'Stopped'],
])('waiting that %s ends with a message', async (_name, stop, message) => {
  const server = await batchServer(['processing']);
  const waiting = awaitBatches(clientOf(server.url), ['batch-1'], { stop, timeoutSeconds: 0, pollMs: 1 });
  await expect(waiting).rejects.toThrow(message);
});
