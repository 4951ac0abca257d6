import { expect, test } from 'vitest';
import { openAudienceLoop, spenders } from '../../../fixtures/audience-loop.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';

const opened = async () => {
  const setup = await openAudienceLoop();
  const platform = await loopPlatform(setup.loop);
  await setup.loop.fold(spenders(['a', 'b', 'c']));
  await setup.loop.run();
  const { id } = setup.audience;
  const list = async (query = {}) => (await platform.call('listSyncs', { params: { id }, query })).data;
  const get = (syncId = '') => platform.call('getSync', { params: { id, syncId } });
  const retry = (syncId = '') => platform.call('retrySync', { params: { id, syncId } });
  return { ...setup, platform, list, get, retry };
};

test('every activation is a sync, with its times and exactly what it came to', async () => {
  const { loop, activate, get } = await opened();
  const { syncId } = await activate();
  expect((await get(syncId)).data).toMatchObject({ status: 'running' });
  await loop.run();
  const { data } = await get(syncId);
  expect(data).toEqual({
    id: syncId,
    platform: 'webhook',
    operation: 'add',
    status: 'completed',
    counts: {
      added: 2,
      removed: 0,
      unchanged: 0,
      failed: 0,
      pending: 0,
      skipped: { consent: 1, suppressed: 0, noIdentifier: 0, lowConfidence: 0, holdout: 0 },
    },
    batches: { items: expect.any(Array), limit: 50 },
    startedAt: expect.any(String),
    endedAt: expect.any(String),
  });
  const { items: calls } = data.batches;
  expect(calls.reduce((sum, { added }) => sum + added, 0)).toBe(2);
  expect(calls.every(({ status, removed, refused }) => status === 'taken' && removed + refused === 0)).toBe(true);
  expect(Date.parse(data.endedAt ?? '')).toBeGreaterThan(Date.parse(data.startedAt));
});

test('syncs are listed newest first, page by page, and by platform', async () => {
  const { loop, activate, list } = await opened();
  const ids: (string | undefined)[] = [];
  for (const operation of ['add', 'replace', 'remove'] as const) {
    ids.unshift((await activate(operation)).syncId);
    await loop.run();
  }
  const whole = await list();
  expect(whole.items.map(({ id }) => id)).toEqual(ids);
  expect(whole.items.map(({ operation }) => operation)).toEqual(['remove', 'replace', 'add']);
  const first = await list({ limit: 2 });
  expect(first).toMatchObject({ total: 3, limit: 2 });
  const rest = await list({ limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
  expect(rest).not.toHaveProperty('nextCursor');
  expect((await list({ platform: 'facebook' })).items).toEqual([]);
  expect((await list({ platform: 'webhook' })).total).toBe(3);
});

test('a sync that is under way tells who is still pending, and why', async () => {
  const { loop, activate, get, retry } = await opened();
  loop.receiver.fault = 'unreachable';
  const { syncId } = await activate();
  await loop.run();
  expect((await get(syncId)).data).toMatchObject({
    status: 'running',
    error: 'nobody answers',
    counts: { pending: 2, added: 0, skipped: { consent: 1 } },
  });
  expect((await retry(syncId)).error.code).toBe('CONFLICT');
});

test('a retry sends whoever failed, and nobody else', async () => {
  const { loop, activate, get, retry, received, platform, audience } = await opened();
  loop.receiver.fault = 'refused';
  const { syncId } = await activate();
  await loop.run();
  expect((await get(syncId)).data).toMatchObject({ status: 'failed', counts: { failed: 2 } });
  loop.receiver.fault = undefined;
  const answer = await retry(syncId);
  expect(answer.status).toBe(202);
  await loop.run();
  expect(received()).toEqual(['a', 'c']);
  expect((await get(answer.data.syncId)).data).toMatchObject({
    status: 'completed',
    operation: 'add',
    retryOf: syncId,
    counts: { added: 2, unchanged: 0, failed: 0, skipped: { consent: 0 } },
  });
  expect((await get(syncId)).data).toMatchObject({ status: 'failed', counts: { failed: 2 } });
  const { data } = await platform.call('getAudience', { params: { id: audience.id } });
  expect(data.reach).toEqual([{ platform: 'webhook', held: 2, failed: 0 }]);
});

test('a retry of a sync that has failed for nobody any more sends nothing', async () => {
  const { loop, activate, get, retry } = await opened();
  const { syncId } = await activate();
  await loop.run();
  const rows = loop.receiver.rows.length;
  const { data } = await retry(syncId);
  await loop.run();
  expect(loop.receiver.rows).toHaveLength(rows);
  expect((await get(data.syncId)).data).toMatchObject({ status: 'completed', counts: { added: 0, failed: 0 } });
});

test('a platform that takes nothing any more has to be activated again', async () => {
  const { loop, activate, get, retry, received } = await opened();
  loop.receiver.fault = 'gone';
  const { syncId } = await activate();
  await loop.run();
  expect((await get(syncId)).data).toMatchObject({
    status: 'failed',
    error: 'the endpoint answered 410',
    counts: { failed: 2, pending: 0 },
  });
  expect((await retry(syncId)).status).toBe(409);
  loop.receiver.fault = undefined;
  await activate();
  await loop.run();
  expect(received()).toEqual(['a', 'c']);
});

test('a job that is no sync of the audience is 404', async () => {
  const { loop, get, retry, segmentId } = await opened();
  const jobId = (await loop.services.segments.get(segmentId))?.jobId;
  expect([(await get(jobId)).status, (await retry(jobId)).status]).toEqual([404, 404]);
});
