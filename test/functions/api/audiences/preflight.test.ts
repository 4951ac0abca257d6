import { expect, test } from 'vitest';
import { openAudienceLoop, spenders } from '../../../fixtures/audience-loop.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';

const opened = async () => {
  const setup = await openAudienceLoop({ realTimeSync: false });
  const platform = await loopPlatform(setup.loop);
  await setup.loop.fold(spenders(['a', 'b', 'c', 'd', 'e']));
  await setup.loop.run();
  const params = { id: setup.audience.id };
  const preflight = (body: object = {}) =>
    platform.call('preflightAudience', { params, body: { platform: 'webhook', ...body } as never });
  return { ...setup, platform, params, preflight };
};

test('what it tells is what the sync then does, and telling it changes nothing', async () => {
  const { preflight, activate, loop, sync } = await opened();
  const before = loop.contents().filter(({ pk }) => !pk.startsWith('AUDIT#'));
  const { status, data } = await preflight();
  expect(status).toBe(200);
  expect(loop.contents().filter(({ pk }) => !pk.startsWith('AUDIT#'))).toEqual(before);
  expect(data.planned).toMatchObject({ add: 3, remove: 0, unchanged: 0, skipped: { consent: 2 } });
  expect(data.rows.map(({ customerId }) => customerId).sort()).toEqual(['a', 'c', 'e']);
  expect(data.coverage).toContainEqual({ key: 'email', people: 3, percent: 100 });
  const { syncId } = await activate('replace');
  await loop.run();
  expect((await sync(syncId)).tally).toMatchObject({ added: 3, removed: 0, consent: 2 });
  const at = '2026-02-15T12:30:00.000Z';
  await loop.fold([
    customerEvent('b', { consent: { email: true }, at }),
    customerEvent('c', { traits: { firstName: 'Cleo' }, at }),
  ]);
  await loop.run();
  const again = (await preflight()).data.planned;
  expect(again).toMatchObject({ add: 2, remove: 0, unchanged: 2, skipped: { consent: 1 } });
  expect((await preflight({ operation: 'remove' })).data).toMatchObject({
    planned: { add: 0, remove: 3, unchanged: 0 },
    calls: 1,
    warnings: [{ code: 'NOBODY' }, { code: 'REMOVES_MOST' }],
  });
});

test('an audience that cannot be sent there is refused as its activation is', async () => {
  const { preflight, platform } = await opened();
  expect((await preflight({ platform: 'facebook' })).status).toBe(422);
  const body = { platform: 'webhook' };
  expect(
    (await platform.call('preflightAudience', { params: { id: 'audience-none' }, body: body as never })).status,
  ).toBe(404);
});

test('whoever may not see identifiers sees no rows in the clear', async () => {
  const { platform, params } = await opened();
  const analyst = await addKey(platform.services, { scopes: ['read'], fieldPolicy: { identifier: 'mask' } });
  const body = { platform: 'webhook' as const };
  const { text } = await platform.call('preflightAudience', { params, body, key: analyst });
  expect(text).toContain('"success":true');
  expect(text).not.toContain('a@example.com');
});
