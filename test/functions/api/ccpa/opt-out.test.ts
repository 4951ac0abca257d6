import { beforeEach, describe, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeEach(async () => {
  platform = await openPlatform();
  id = (await platform.call('createProfile', { body: { email: 'jane@example.com' } })).data.id;
});

const optOutOf = async (profileId: string) => (await platform.call('getOptOut', { params: { profileId } })).data;
const track = async (body: object, headers: Record<string, string> = {}, key = platform.keys.write) => {
  platform.clock.advance(1000);
  expect((await platform.call('trackEvent', { body, headers, key })).status).toBe(202);
  await platform.foldEvents();
};
const gpc = { 'sec-gpc': '1' };
const whoHas = async (type: string, value: string) =>
  (await platform.call('lookupProfile', { query: { type, value } })).data;

test('an objection is recorded by a form, an agent or the browser', async () => {
  expect(await optOutOf(id)).toEqual({ profileId: id, optedOut: false });
  for (const source of ['form', 'agent', 'gpc']) {
    platform.clock.advance(1000);
    const { data } = await platform.call('optOut', { body: { profileId: id, source } });
    expect(data).toMatchObject({ profileId: id, optedOut: true, source });
  }
  expect(await optOutOf(id)).toMatchObject({ optedOut: true, source: 'gpc' });
});

test('somebody who is not known yet may object by any identifier', async () => {
  const { data } = await platform.call('optOut', { body: { identifier: { type: 'deviceId', value: 'device-9' } } });
  expect((await whoHas('deviceId', 'device-9')).id).toBe(data.profileId);
});

describe('Global Privacy Control', () => {
  test.each<[string, Record<string, string>, object]>([
    ['the header', gpc, {}],
    ['the context', {}, { context: { gpc: true } }],
  ])('%s opts out the device and its pseudonymous profile', async (_what, headers, event) => {
    await track({ type: 'page_view', anonymousId: 'anon-1', ...event }, headers);
    const { id: anonymous, consent } = await whoHas('anonymousId', 'anon-1');
    expect(consent.saleSharing).toBe(false);
    expect(await optOutOf(anonymous)).toMatchObject({ optedOut: true, source: 'gpc' });
  });

  test('stays when the pseudonymous profile becomes known', async () => {
    await track({ type: 'page_view', anonymousId: 'anon-1' }, gpc);
    await track(
      { type: 'identify', anonymousId: 'anon-1', traits: { email: 'ann@example.com' } },
      {},
      platform.keys.admin,
    );
    const known = await whoHas('email', 'ann@example.com');
    expect(await optOutOf(known.id)).toMatchObject({ optedOut: true, source: 'gpc' });
  });

  test('reaches the known consumer who signs in at that browser, also when it is told by a server', async () => {
    await track({ type: 'page_view', anonymousId: 'anon-1' }, gpc);
    expect((await optOutOf(id)).optedOut).toBe(false);
    await track(
      { type: 'identify', anonymousId: 'anon-1', traits: { email: 'jane@example.com' } },
      {},
      platform.keys.admin,
    );
    expect(await optOutOf(id)).toMatchObject({ optedOut: true, source: 'gpc' });
  });

  test('holds against what events say, and not against what the person says', async () => {
    await track({ type: 'page_view', anonymousId: 'anon-1' }, gpc);
    await track({ type: 'page_view', anonymousId: 'anon-1', context: { consent: { saleSharing: true } } });
    const { id: anonymous } = await whoHas('anonymousId', 'anon-1');
    expect((await optOutOf(anonymous)).optedOut).toBe(true);
    platform.clock.advance(1000);
    await platform.call('setConsent', { body: { profileId: anonymous, saleSharing: true } });
    expect((await optOutOf(anonymous)).optedOut).toBe(false);
    await track({ type: 'page_view', anonymousId: 'anon-1' }, gpc);
    expect((await optOutOf(anonymous)).optedOut).toBe(true);
  });

  test('is one version of the ledger, however often the browser says it', async () => {
    for (let visit = 0; visit < 5; visit += 1) await track({ type: 'page_view', anonymousId: 'anon-1' }, gpc);
    const { id: anonymous } = await whoHas('anonymousId', 'anon-1');
    const { items } = (await platform.call('listConsentHistory', { params: { profileId: anonymous } })).data;
    expect(items).toMatchObject([{ changes: { saleSharing: 'denied' }, source: 'gpc' }]);
  });
});

describe('context.consent', () => {
  test.each([
    [
      { tracking: true, cookies: false },
      { tracking: true, cookies: false },
    ],
    [{ categoryPreferences: { Analytics: true, Advertising: false } }, { tracking: true, saleSharing: false }],
    [{ categoryPreferences: { Analytics: true, Performance: false } }, { tracking: false }],
  ])('%j of a browser says %j', async (consent, expected) => {
    await track({ type: 'page_view', anonymousId: 'anon-1', context: { consent } });
    expect((await whoHas('anonymousId', 'anon-1')).consent).toMatchObject(expected);
  });

  test('a browser grants nothing for who is known, and never a channel that reaches people', async () => {
    const identifiers = [{ type: 'email', value: 'jane@example.com' }];
    await track({
      type: 'page_view',
      identifiers,
      context: { consent: { tracking: true, profiling: false, email: true } },
    });
    const { consent } = await whoHas('email', 'jane@example.com');
    expect(consent).toMatchObject({ profiling: false });
    expect(consent).not.toHaveProperty('tracking');
    expect(consent).not.toHaveProperty('email');
  });
});
