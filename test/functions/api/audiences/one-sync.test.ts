import { expect, test } from 'vitest';
import { openAudienceLoop, spenders } from '../../../fixtures/audience-loop.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';

const opened = async () => {
  const setup = await openAudienceLoop();
  const platform = await loopPlatform(setup.loop);
  await setup.loop.fold(spenders(['a', 'b', 'c', 'd', 'e']));
  await setup.loop.run();
  const params = { id: setup.audience.id };
  const activate = (operation: 'add' | 'remove' | 'replace') =>
    platform.call('activateAudience', { params, body: { platform: 'webhook', operation } });
  const cancel = (syncId = '') => platform.call('cancelSync', { params: { ...params, syncId } });
  return { ...setup, platform, params, activate, cancel };
};

test('while a sync is under way, one more addition is refused and names it', async () => {
  const { activate } = await opened();
  const first = await activate('add');
  const second = await activate('add');
  expect([second.status, second.error.code]).toEqual([409, 'CONFLICT']);
  expect(second.error).toMatchObject({ syncId: first.data.syncId });
});

test.each(['replace', 'remove'] as const)(
  '%s takes the place of what is under way, and does all of it',
  async operation => {
    const { activate, loop, sync, received } = await opened();
    const first = await activate('add');
    const second = await activate(operation);
    expect(second.status).toBe(202);
    await loop.run();
    await loop.tick();
    await loop.run();
    expect(await sync(first.data.syncId)).toMatchObject({ status: 'cancelled' });
    expect(await sync(second.data.syncId)).toMatchObject({ status: 'completed' });
    expect(received()).toEqual(operation === 'remove' ? [] : ['a', 'c', 'e']);
  },
);

test('a cancelled sync tells of nobody more, and a later change is followed all the same', async () => {
  const { activate, cancel, loop, received, sync, idOf } = await opened();
  const { data } = await activate('add');
  loop.receiver.onArrival = () => Promise.reject(new Error('nobody may arrive'));
  const cancelled = await cancel(data.syncId);
  expect([cancelled.status, cancelled.data.status]).toEqual([200, 'cancelled']);
  await loop.run();
  await loop.tick();
  await loop.run();
  loop.receiver.onArrival = undefined;
  expect(received()).toEqual([]);
  expect(await sync(data.syncId)).toMatchObject({ status: 'cancelled', tally: { added: 0 } });
  const again = await cancel(data.syncId);
  expect(again.status).toBe(200);
  await loop.services.queues.syncAudienceMember.send([
    { audienceId: (await sync(data.syncId)).subjectId, platform: 'webhook', profileId: await idOf('a') },
  ]);
  await loop.run();
  expect(received()).toEqual(['a']);
});

test('what has ended cannot be cancelled, and what there is not is not found', async () => {
  const { activate, cancel, loop } = await opened();
  const { data } = await activate('add');
  await loop.run();
  expect((await cancel(data.syncId)).status).toBe(409);
  expect((await cancel('job-none')).status).toBe(404);
});
