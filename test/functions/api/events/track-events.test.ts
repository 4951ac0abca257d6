import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { unavailable } from '../../../../core/errors.ts';
import type { EventStream } from '../../../../core/ports/outlets.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const track = (events: unknown[], request = {}) => platform.call('trackEvents', { body: { events }, ...request });
const event = (messageId: string) => ({ type: 'page_view', deviceId: 'device-1', messageId });

test('each event is judged alone and answered in its place', async () => {
  const { status, data } = await track([event('m-1'), { type: 7 }, event('m-1'), 'no event', event('m-2')]);
  expect(status).toBe(202);
  expect(data).toMatchObject({ batchId: expect.stringMatching(/^batch-/), accepted: 2, duplicates: 1, rejected: 2 });
  expect(data.results.map(({ index, id, error }) => [index, id !== undefined, error?.code])).toEqual([
    [0, true, undefined],
    [1, false, 'INVALID_REQUEST'],
    [2, true, undefined],
    [3, false, 'INVALID_REQUEST'],
    [4, true, undefined],
  ]);
  expect(data.results[1]?.error?.details[0]?.path).toBe('event.type');
  expect(platform.outbox.events.map(({ messageId }) => messageId)).toEqual(['m-1', 'm-2']);
});

const given = fc.oneof(
  fc.constantFrom('m-1', 'm-2', 'm-3').map(event),
  fc.record({ type: fc.constantFrom('page_view', 'purchase', ''), deviceId: fc.constantFrom('', 'null', 'device-2') }),
  fc.jsonValue({ maxDepth: 2 }).filter(value => !/__proto__|constructor/.test(JSON.stringify(value))),
);

test('accepted + duplicates + rejected = given, and accepted is what the stream took, whatever is sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 20 }), async events => {
      platform.outbox.events.length = 0;
      const { status, data } = await track(events);
      expect(status).toBe(202);
      expect(data.accepted + data.duplicates + data.rejected).toBe(events.length);
      expect(data.results).toHaveLength(events.length);
      expect(platform.outbox.events).toHaveLength(data.accepted);
    }),
    { numRuns: 100 },
  );
});

test('as many as MAX_BATCH_SIZE are taken, and not one more', async () => {
  const events = Array.from({ length: 1001 }, (_, n) => event(`m-${n}`));
  expect((await track(events.slice(1))).data.accepted).toBe(1000);
  const { status, error } = await track(events);
  expect([status, error.code, error.details[0]?.path]).toEqual([400, 'INVALID_REQUEST', 'body.events']);
});

test('an event of more than 32 KB is rejected and does not hold up the others', async () => {
  const large = { ...event('large'), properties: { text: 'x'.repeat(33_000) } };
  const { data } = await track([large, event('m-1')]);
  expect(data).toMatchObject({ accepted: 1, rejected: 1 });
  expect(data.results[0]?.error?.code).toBe('PAYLOAD_TOO_LARGE');
});

test('the clock of the client is taken out by the sentAt of the batch', async () => {
  const events = [{ ...event('m-1'), timestamp: '2026-02-15T10:00:00.000Z' }];
  await platform.call('trackEvents', { body: { events, sentAt: '2026-02-15T10:00:30.000Z' } });
  expect(platform.outbox.events[0]?.timestamp).toBe('2026-02-15T11:59:30.000Z');
});

test('where the stream takes nothing the whole batch is 503, and sent again it is one message each', async () => {
  const taken: string[] = [];
  let isDown = true;
  const put: EventStream['put'] = async events => {
    if (isDown) throw unavailable('The event stream');
    taken.push(...events.map(({ messageId }) => messageId));
  };
  platform = await openPlatform({ overrides: { events: { put } } });
  const { status, error } = await track([event('m-1'), event('m-2')]);
  expect([status, error.code]).toEqual([503, 'UNAVAILABLE']);
  isDown = false;
  expect((await track([event('m-1'), event('m-2')])).data.accepted).toBe(2);
  expect(taken).toEqual(['m-1', 'm-2']);
});
