import { beforeEach, expect, test } from 'vitest';
import { envelopes } from '../../../../functions/adapters/stores/envelope.ts';
import { handler as foldEvents } from '../../../../functions/streams/fold-events.ts';
import { lambdaContext } from '../../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const view = (messageId: string, parts = {}) => ({
  type: 'page_view',
  deviceId: `device-${messageId}`,
  messageId,
  ...parts,
});
const send = async (events: unknown[]): Promise<string> =>
  (await platform.call('trackEvents', { body: { events } })).data.batchId;
const batch = async (id: string) => (await platform.call('getBatch', { params: { id } })).data;

test('a batch is pending until its events have had their effect, and then every one is accounted for', async () => {
  const id = await send([view('a'), view('b'), view('a'), { type: 7 }]);
  const nothing = { processed: 0, duplicates: 0, quarantined: 0, refused: 0 };
  expect(await batch(id)).toEqual({ accepted: 2, ...nothing, status: 'pending' });
  await platform.foldEvents();
  expect(await batch(id)).toEqual({ accepted: 2, ...nothing, processed: 2, status: 'completed' });
});

test('what another event had brought, what is kept aside and what an erased person did stand apart', async () => {
  await send([view('a')]);
  await platform.foldEvents();
  const { data } = await platform.call('listProfiles');
  const erased = data.items[0]?.id;
  const second = await send([view('a'), view('b'), view('c', { profileId: 'profile-nobody' })]);
  await platform.foldEvents();
  expect(await batch(second)).toMatchObject({
    accepted: 3,
    processed: 1,
    duplicates: 1,
    quarantined: 1,
    status: 'completed',
  });
  await platform.call('deleteProfile', { params: { id: erased ?? '' } });
  const third = await send([view('d', { profileId: erased })]);
  await platform.foldEvents();
  expect(await batch(third)).toMatchObject({ accepted: 1, refused: 1, status: 'completed' });
});

/** Delivers everything that was put so far, in other windows than before. */
const deliverAgain = async (windowRecords: number): Promise<void> => {
  const { events, batchOf } = platform.outbox;
  const [batchId] = batchOf.values();
  const Records = envelopes(events, batchId).map(({ partitionKey, data }, index) => ({
    eventID: `shardId-000000000000:${index}`,
    kinesis: {
      partitionKey,
      sequenceNumber: String(index),
      data: Buffer.from(data).toString('base64'),
      approximateArrivalTimestamp: platform.clock.at / 1000,
    },
  }));
  for (let start = 0; start < Records.length; start += windowRecords) {
    await foldEvents({ Records: Records.slice(start, start + windowRecords) } as never, lambdaContext);
  }
};

test('delivered again, in whatever windows, no event counts twice and none becomes a duplicate of itself', async () => {
  const id = await send(Array.from({ length: 60 }, (_, n) => view(`m-${n}`)));
  await deliverAgain(3);
  expect(await batch(id)).toMatchObject({ processed: 60, duplicates: 0, status: 'completed' });
  for (const windowRecords of [1, 5, 100]) await deliverAgain(windowRecords);
  expect(await batch(id)).toMatchObject({ accepted: 60, processed: 60, duplicates: 0, status: 'completed' });
});

test('a worker that dies after the commit and before its report is made good by the next delivery', async () => {
  const id = await send([view('a'), view('b')]);
  const { batches } = platform.services;
  const report = batches.report;
  Object.assign(batches, { report: () => Promise.reject(new Error('the process ended')) });
  await expect(platform.foldEvents()).rejects.toThrow('the process ended');
  expect(await batch(id)).toMatchObject({ processed: 0, status: 'pending' });
  Object.assign(batches, { report });
  await deliverAgain(100);
  expect(await batch(id)).toMatchObject({ processed: 2, duplicates: 0, status: 'completed' });
});

test('a batch of which nothing was accepted has nothing left to do', async () => {
  expect(await batch(await send([{ type: 7 }]))).toMatchObject({ accepted: 0, status: 'completed' });
});

test('while only a part of it has had its effect a batch is being processed', async () => {
  const id = await send([view('a'), view('b')]);
  const batchId = [...platform.outbox.batchOf.values()][0] ?? '';
  const counts = { processed: 1, duplicates: 0, quarantined: 0, refused: 0 };
  await platform.services.batches.report([{ batchId, part: 0, counts }]);
  expect(await batch(id)).toMatchObject({ accepted: 2, processed: 1, status: 'processing' });
});

test('an id that no answer gave names no batch, and neither does one of old', async () => {
  const id = await send([view('a')]);
  const forged = id.replace(/-1-/, '-2-');
  expect(forged).not.toBe(id);
  for (const other of [forged, `${id.slice(0, -1)}!`, 'batch-1', id.slice(0, 32)]) {
    const { status, error } = await platform.call('getBatch', { params: { id: other } });
    expect([status, error.code]).toEqual([404, 'NOT_FOUND']);
  }
  platform.clock.advance(15 * 86_400_000);
  expect((await platform.call('getBatch', { params: { id } })).status).toBe(404);
});
