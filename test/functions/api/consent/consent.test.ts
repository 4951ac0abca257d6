import { beforeEach, describe, expect, test } from 'vitest';
import { handler as followConsent } from '../../../../functions/queues/follow-consent.ts';
import { lambdaContext } from '../../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeEach(async () => {
  platform = await openPlatform();
  id = (await platform.call('createProfile', { body: { email: 'jane@example.com' } })).data.id;
  platform.clock.advance(1000);
});

const say = (body: object, key?: string) => {
  platform.clock.advance(1000);
  return platform.call('setConsent', { body, ...(key === undefined ? {} : { key }) });
};
const read = async (profileId = id) => (await platform.call('getConsent', { params: { profileId } })).data;
const history = async (profileId = id) =>
  (await platform.call('listConsentHistory', { params: { profileId } })).data.items;
const byEmail = async () =>
  (await platform.call('lookupProfile', { query: { type: 'email', value: 'jane@example.com' } })).data;
const follow = (profileId = id) =>
  followConsent({ Records: [{ messageId: '1', body: JSON.stringify({ profileId }) }] } as never, lambdaContext);

describe('POST /consent', () => {
  test('takes the printed request and answers the consent', async () => {
    const { status, data } = await say({ profileId: id, email: true, sms: false, tracking: true, cookies: true });
    expect(status).toBe(200);
    expect(data).toMatchObject({ profileId: id, email: true, sms: false, tracking: true, cookies: true });
    expect(data.channels).toMatchObject({
      email: { state: 'granted' },
      sms: { state: 'denied' },
      profiling: { state: 'unknown' },
    });
    expect((await byEmail()).consent).toMatchObject({ email: true, sms: false, tracking: true, cookies: true });
  });

  test('keeps every version with its proof, and no address in the clear', async () => {
    const proof = { formId: 'footer', ip: '203.0.113.7' };
    await say({ profileId: id, email: true, source: 'form', textVersion: '3', jurisdiction: 'DE', proof });
    await say({ profileId: id, email: false, source: 'form' });
    await say({ profileId: id, email: true, source: 'form', textVersion: '4', expiresAt: '2028-02-15' });
    const versions = await history();
    expect(versions.map(({ changes, textVersion }) => [changes, textVersion])).toEqual([
      [{ email: 'granted' }, '3'],
      [{ email: 'denied' }, undefined],
      [{ email: 'granted' }, '4'],
    ]);
    expect(versions[0]).toMatchObject({ jurisdiction: 'DE', proof: { formId: 'footer', ipHash: expect.any(String) } });
    expect(JSON.stringify(versions)).not.toContain('203.0.113.7');
  });

  test('tells a withdrawal from a no that never was a yes', async () => {
    await say({ profileId: id, email: true, sms: false });
    await say({ profileId: id, email: false });
    expect((await read()).channels).toMatchObject({ email: { state: 'withdrawn' }, sms: { state: 'denied' } });
  });

  test('a yes that is over is none', async () => {
    await say({ profileId: id, email: true, expiresAt: '2026-02-16' });
    platform.clock.advance(2 * 86_400_000);
    expect(await read()).toMatchObject({ email: false, channels: { email: { state: 'expired' } } });
  });

  test('knows purposes of one’s own', async () => {
    await say({ profileId: id, purposes: { newsletter: true, partners: false } });
    expect((await read()).purposes).toMatchObject({ newsletter: { state: 'granted' }, partners: { state: 'denied' } });
  });

  test('takes any identifier, also of somebody who is not known yet', async () => {
    const known = await say({ identifier: { type: 'email', value: 'Jane@Example.com' }, email: true });
    expect(known.data.profileId).toBe(id);
    const fresh = await say({ identifier: { type: 'phone', value: '+14155551234' }, sms: true });
    expect(fresh.data.profileId).not.toBe(id);
    expect((await platform.call('getProfile', { params: { id: fresh.data.profileId ?? '' } })).data).toMatchObject({
      externalIds: { phone: '+14155551234' },
      consent: { sms: true },
    });
  });

  test.each([
    [{ email: true }, 400],
    [{ profileId: 'profile-nobody', email: true }, 404],
    [{ identifier: { type: 'email', value: 'a@example.com' } }, 400],
    [{ identifier: { type: 'anonymousId', value: 'null' }, tracking: true }, 422],
  ])('refuses %j with %i', async (body, status) => {
    expect((await say(body)).status).toBe(status);
  });
});

describe('a write key', () => {
  test('speaks for the browser of its anonymousId, in the order of its events', async () => {
    const identifier = { type: 'anonymousId', value: 'anon-1' };
    const { status, data } = await say({ identifier, tracking: true, saleSharing: false }, platform.keys.write);
    expect(status).toBe(200);
    expect(data).toMatchObject({ tracking: true, saleSharing: false });
    expect(data.profileId).toBeUndefined();
    await platform.foldEvents();
    const found = await platform.call('lookupProfile', { query: { type: 'anonymousId', value: 'anon-1' } });
    expect(found.data.consent).toMatchObject({ tracking: true, saleSharing: false });
  });

  test.each([
    [{ identifier: { type: 'email', value: 'jane@example.com' }, tracking: true }],
    [{ identifier: { type: 'anonymousId', value: 'anon-1' }, email: true }],
    [{ identifier: { type: 'anonymousId', value: 'anon-1' }, purposes: { partners: true } }],
    [{ identifier: { type: 'anonymousId', value: 'anon-1' }, tracking: true, doubleOptIn: true }],
  ])('says nothing else: %j', async body => {
    expect((await say(body, platform.keys.write)).status).toBe(403);
  });

  test('may not name a profile, and reads nothing', async () => {
    expect((await say({ profileId: id, tracking: true }, platform.keys.write)).status).toBe(403);
    expect((await platform.call('getConsent', { params: { profileId: id }, key: platform.keys.write })).status).toBe(
      403,
    );
  });
});

describe('double opt-in', () => {
  const ask = (more = {}) => say({ profileId: id, email: true, tracking: false, doubleOptIn: true, ...more });
  const tokenOf = (): string => {
    const persons = platform.changes.flatMap(({ after }) =>
      after?.pk === `P#${id}` && after.sk === 'A' ? [after.a] : [],
    );
    const { consent } = persons.at(-1) as { consent: Record<string, { pending?: string }> };
    return consent.email?.pending ?? '';
  };
  const confirm = (token: string) => platform.call('confirmConsent', { body: { token }, key: null });

  test('waits for the token, grants by it with the proof of the question, and takes it once', async () => {
    await ask({ textVersion: '7', proof: { formId: 'footer' } });
    expect(await read()).toMatchObject({ email: false, tracking: false, channels: { email: { state: 'pending' } } });
    const token = tokenOf();
    platform.clock.advance(86_400_000);
    expect(await confirm(token)).toMatchObject({ status: 200, data: { confirmed: ['email'] } });
    expect((await read()).channels.email).toMatchObject({
      state: 'granted',
      source: 'double_opt_in',
      textVersion: '7',
      proof: { formId: 'footer' },
    });
    expect((await confirm(token)).status).toBe(409);
    expect((await history()).map(({ changes }) => changes.email)).toEqual(['pending', 'granted']);
  });

  test.each([
    ['is over after 7 days', (token: string) => token, 7 * 86_400_000 + 1],
    ['was changed', (token: string) => `x${token}`, 0],
    ['was made by somebody else', (token: string) => `${token.split('.')[0]}.${'A'.repeat(43)}`, 0],
  ])('a token that %s is refused', async (_what, change, later) => {
    await ask();
    const token = tokenOf();
    platform.clock.advance(later);
    expect((await confirm(change(token))).status).toBe(400);
    expect((await read()).email).toBe(false);
  });

  test('of two who use a token at the same time one does', async () => {
    await ask();
    const token = tokenOf();
    const statuses = await Promise.all([confirm(token), confirm(token)]);
    expect(statuses.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test('what was taken back meanwhile does not wait any more', async () => {
    await ask();
    const token = tokenOf();
    await say({ profileId: id, email: false });
    expect((await confirm(token)).status).toBe(409);
  });

  test('leaves what is granted already', async () => {
    await say({ profileId: id, email: true });
    await ask();
    expect((await read()).channels.email.state).toBe('granted');
  });
});

describe('what follows', () => {
  test.each(['email_unsubscribe', 'spam_complaint'])('%s withdraws and suppresses', async type => {
    await say({ profileId: id, email: true });
    platform.clock.advance(1000);
    await platform.call('trackEvent', { body: { profileId: id, type, source: 'mailer' } });
    await platform.foldEvents();
    expect((await read()).channels.email).toMatchObject({ state: 'withdrawn', source: type });
    await follow();
    await follow();
    const allowed = async () => (await platform.call('listAllowed', { query: { permission: 'email' } })).data.items;
    expect(await allowed()).toEqual([]);
    await say({ profileId: id, email: true });
    expect(await allowed()).toEqual([]);
  });

  test('events wait where consent is required, and are let go when it is given', async () => {
    await platform.call('updateSettings', { body: { CONSENT_REQUIRED: true } });
    platform.clock.advance(61_000);
    const track = (type: string) =>
      platform.call('trackEvent', { body: { profileId: id, type, properties: { amount: 5 } } });
    await track('page_view');
    await track('purchase');
    await platform.foldEvents();
    const held = await platform.services.quarantine.list({
      reason: 'consent_required',
      from: 0,
      until: platform.clock.at + 1,
      limit: 10,
    });
    expect(held.items.map(({ event }) => event.type)).toEqual(['page_view']);
    expect((await platform.call('getProfile', { params: { id } })).data.computed.purchaseCount).toBe(1);
    expect(
      await platform.services.quarantine.heldOf({ profileId: id, matchKeys: [] }, 'consent_required'),
    ).toHaveLength(1);
    await say({ profileId: id, tracking: true });
    await track('product_view');
    await platform.foldEvents();
    const { items } = (await platform.call('listProfileEvents', { params: { id } })).data;
    expect(items.map(({ type }) => type).toSorted()).toEqual(['product_view', 'purchase']);
  });
});

describe('GET /consent/allowed', () => {
  test('lists who granted and is not to be left alone', async () => {
    const other = (await platform.call('createProfile', { body: { consent: { sms: true } } })).data.id;
    await say({ profileId: id, email: true });
    const allowed = async (permission: string) =>
      (await platform.call('listAllowed', { query: { permission } })).data.items.map(({ profileId }) => profileId);
    expect(await allowed('email')).toEqual([id]);
    expect(await allowed('sms')).toEqual([other]);
  });
});
