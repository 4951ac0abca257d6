import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type AudienceLoop, openAudienceLoop } from '../../../fixtures/audience-loop.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let setup: AudienceLoop;
let platform: Platform;

/** a and b are at the receiver. */
beforeEach(async () => {
  setup = await openAudienceLoop();
  platform = await loopPlatform(setup.loop);
  for (const customer of ['a', 'b']) {
    const event = customerEvent(customer, { amount: 150, consent: { email: true } });
    const identifiers = [
      { type: 'customerId' as const, value: customer },
      { type: 'email' as const, value: `Some.${customer}@GMAIL.com` },
      { type: 'phone' as const, value: `+4915112345${customer === 'a' ? '1' : '2'}` },
    ];
    await setup.loop.fold([{ ...event, identifiers }]);
  }
  await setup.loop.run();
  await setup.activate();
  await setup.loop.run();
});

const suppress = async (item: object, more: object = {}) => {
  const body = { items: [item], reason: 'asked', ...more };
  const answer = await platform.call('addSuppressions', { body: body as never });
  await setup.loop.run();
  return answer;
};

const list = async (query: Record<string, string> = {}) =>
  (await platform.call('listSuppressions', { query })).data.items;

describe('whoever is suppressed is taken out', () => {
  test.each<[string, () => Promise<object>]>([
    ['by their profile', async () => ({ profileId: await setup.idOf('a') })],
    ['by an identifier', async () => ({ identifier: { type: 'email', value: 'some.a@gmail.com' } })],
  ])('%s', async (_what, itemOf) => {
    expect(setup.received()).toEqual(['a', 'b']);
    expect((await suppress(await itemOf())).data).toEqual({ added: 1 });
    expect(setup.received()).toEqual(['b']);
  });

  test.each([
    ['an address as others normalise it', 'some.a@gmail.com'],
    ['an address as Google does', 'somea@gmail.com'],
    ['a number', '+49151123451'],
    ['a number without its plus', '49151123451'],
  ])('by the hash of %s, with the next sync', async (_what, text) => {
    await suppress({ sha256: sha256(text).toUpperCase() });
    await setup.activate('replace');
    await setup.loop.run();
    expect(setup.received()).toEqual(['b']);
  });

  test('for as long as it was said', async () => {
    await suppress({ profileId: await setup.idOf('a') }, { expiresAt: '2026-02-16' });
    expect(setup.received()).toEqual(['b']);
    setup.loop.clock.advance(86_400_000);
    await setup.activate('replace');
    await setup.loop.run();
    expect(setup.received()).toEqual(['a', 'b']);
    expect(await list()).toEqual([]);
  });

  test('unless it is for another channel', async () => {
    await suppress({ profileId: await setup.idOf('a') }, { channels: ['sms'] });
    expect(setup.received()).toEqual(['a', 'b']);
  });
});

describe('the list', () => {
  test('names the kind and the words, and no value', async () => {
    await suppress({ identifier: { type: 'email', value: 'nobody@example.com' } }, { channels: ['email'] });
    await suppress({ sha256: sha256('x') });
    const items = await list();
    expect(items.map(({ kind }) => kind).sort()).toEqual(['email', 'sha256']);
    expect(items.find(({ kind }) => kind === 'email')?.channels).toMatchObject([{ channel: 'email', reason: 'asked' }]);
    expect(JSON.stringify(items)).not.toContain('nobody@');
    expect((await list({ channel: 'sms' })).map(({ kind }) => kind)).toEqual(['sha256']);
    const first = await platform.call('listSuppressions', { query: { limit: '1' } });
    const second = await platform.call('listSuppressions', {
      query: { limit: '1', cursor: first.data.nextCursor ?? '' },
    });
    expect(new Set([...first.data.items, ...second.data.items].map(({ id }) => id)).size).toBe(2);
  });

  test('is shorter by what is released, and they are sent again', async () => {
    const profileId = await setup.idOf('a');
    await suppress({ profileId });
    const [one] = await list();
    expect(await list()).toHaveLength(4);
    expect((await platform.call('deleteSuppression', { params: { id: one?.id ?? '' } })).status).toBe(204);
    await setup.loop.run();
    expect(await list()).toEqual([]);
    expect(setup.received()).toEqual(['a', 'b']);
    expect((await platform.call('deleteSuppression', { params: { id: one?.id ?? '' } })).status).toBe(404);
  });

  test('keeps what another word suppressed of the same person', async () => {
    await suppress({ identifier: { type: 'email', value: 'some.a@gmail.com' } }, { reason: 'complained' });
    setup.loop.clock.advance(1000);
    await suppress({ identifier: { type: 'phone', value: '+49151123451' } });
    const phone = (await list()).find(({ kind }) => kind === 'phone');
    await platform.call('deleteSuppression', { params: { id: phone?.id ?? '' } });
    await setup.loop.run();
    expect((await list()).map(({ kind }) => kind)).toEqual(['email']);
    expect(setup.received()).toEqual(['b']);
  });

  test('lets go of what an erasure left for an admin alone', async () => {
    const [id = ''] = await setup.loop.services.suppressions.idsOf(['email#gone@example.com']);
    const said = { channels: ['all' as const], reason: 'erasure', source: 'erasure', at: setup.loop.clock.at };
    await setup.loop.services.suppressions.keep([{ keys: ['email#gone@example.com'], suppression: said }]);
    const refused = await platform.call('deleteSuppression', { params: { id }, key: platform.keys.marketer });
    expect([refused.status, refused.error.code]).toEqual([403, 'FORBIDDEN']);
    expect((await platform.call('deleteSuppression', { params: { id } })).status).toBe(204);
  });
});

test.each([
  ['names nobody', {}, 422],
  ['names two', { profileId: 'profile-1', sha256: sha256('x') }, 422],
  ['is no hash', { sha256: 'abc' }, 422],
  ['names a profile that there is not', { profileId: 'profile-none' }, 404],
  ['is an address that many share', { identifier: { type: 'email', value: 'noreply@x.com' } }, 422],
])('an item that %s is refused', async (_what, item, expected) => {
  expect((await suppress(item)).status).toBe(expected);
  expect(setup.received()).toEqual(['a', 'b']);
});
