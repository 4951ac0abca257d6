import { beforeEach, describe, expect, test } from 'vitest';
import { updateProfile } from '../../../../core/contract/profiles.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeEach(async () => {
  platform = await openPlatform();
  const { data } = await platform.call('createProfile', {
    body: { email: 'a@example.com', firstName: 'Ada', city: 'London', tags: ['a', 'b'], customFields: { x: 1, y: 2 } },
  });
  id = data.id;
});

const update = (body: unknown, headers = {}) => platform.call('updateProfile', { params: { id }, body, headers });
const read = () => platform.call('getProfile', { params: { id } });

describe('a deep partial merge', () => {
  test.each([
    ['what is not sent stays', { attributes: { city: 'Paris' } }, { firstName: 'Ada', city: 'Paris' }],
    ['custom fields merge', { attributes: { customFields: { y: 3, z: 4 } } }, { customFields: { x: 1, y: 3, z: 4 } }],
    ['arrays replace', { attributes: { tags: ['c'] } }, { tags: ['c'] }],
    ['null clears a custom field', { attributes: { customFields: { x: null } } }, { customFields: { y: 2 } }],
    ['null clears all custom fields', { attributes: { customFields: null } }, { customFields: {} }],
    ['null clears tags', { attributes: { tags: null } }, { tags: [] }],
  ])('%s', async (_name, body, attributes) => {
    const { status, data } = await update(body);
    expect(status).toBe(200);
    expect(data.attributes).toMatchObject(attributes);
    if ('customFields' in attributes) expect(data.attributes.customFields).toEqual(attributes.customFields);
    expect((await read()).data).toEqual(data);
  });

  test('null clears an attribute', async () => {
    const { data } = await update({ attributes: { city: null } });
    expect(data.attributes).not.toHaveProperty('city');
  });

  test('a change wins over an earlier one at the same instant, and over an event from a clock that runs ahead', async () => {
    await update({ attributes: { city: 'Paris' } });
    expect((await update({ attributes: { city: 'Rome' } })).data.attributes.city).toBe('Rome');
    const ahead = new Date(platform.clock.at + 200_000).toISOString();
    await platform.call('trackEvent', {
      body: { profileId: id, type: 'identify', timestamp: ahead, traits: { city: 'Oslo' } },
    });
    await platform.foldEvents();
    expect((await read()).data.attributes.city).toBe('Oslo');
    expect((await update({ attributes: { city: 'Bern' } })).data.attributes.city).toBe('Bern');
  });

  test('what says nothing writes nothing', async () => {
    const { headers } = await read();
    platform.changes.length = 0;
    const answer = await update({ attributes: {} });
    expect(answer.headers.etag).toBe(headers.etag);
    expect(platform.changes.filter(({ after }) => after?.pk.startsWith('P#'))).toEqual([]);
  });
});

describe('identifiers', () => {
  test('are added; a new address identifies, and the old one still does', async () => {
    await update({ attributes: { email: 'new@example.com' }, externalIds: { customerId: 'C-1', deviceIds: ['d-1'] } });
    for (const [type, value] of [
      ['email', 'new@example.com'],
      ['email', 'a@example.com'],
      ['customerId', 'C-1'],
      ['deviceId', 'd-1'],
    ]) {
      const found = await platform.call('lookupProfile', { query: { type, value } });
      expect(found.data.id).toBe(id);
    }
  });

  test('an address under externalIds does not replace the attribute that is there', async () => {
    const { data } = await update({ externalIds: { email: 'second@example.com' } });
    expect(data.attributes.email).toBe('a@example.com');
    expect(data.externalIds.email).toBe('second@example.com');
  });

  test('one that another profile has is a conflict that names it, and nothing changes', async () => {
    const other = await platform.call('createProfile', { body: { email: 'b@example.com' } });
    const before = await read();
    const { status, error } = await update({ attributes: { email: 'b@example.com', city: 'Paris' } });
    expect(status).toBe(409);
    expect(error).toMatchObject({ code: 'CONFLICT', existingProfileId: other.data.id });
    expect((await read()).data).toEqual(before.data);
  });
});

describe('If-Match', () => {
  test('takes the ETag of the state that was read, and any state for *', async () => {
    const { headers } = await read();
    expect((await update({ attributes: { city: 'Paris' } }, { 'if-match': headers.etag })).status).toBe(200);
    expect((await update({ attributes: { city: 'Rome' } }, { 'if-match': '*' })).status).toBe(200);
  });

  test('refuses an update of what has changed since', async () => {
    const { headers } = await read();
    const first = await update({ attributes: { city: 'Paris' } });
    expect(first.headers.etag).not.toBe(headers.etag);
    const { status, error } = await update({ attributes: { city: 'Rome' } }, { 'if-match': headers.etag });
    expect([status, error.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await read()).data.attributes.city).toBe('Paris');
  });
});

describe('computed values set by hand', () => {
  const purchase = (amount: number) =>
    platform.call('trackEvent', { body: { profileId: id, type: 'purchase', properties: { amount } } });

  test('the printed example ends the same whether the purchase is folded before or after it', async () => {
    const ends = [];
    for (const foldsFirst of [true, false]) {
      const { data } = await platform.call('createProfile', { body: {} });
      id = data.id;
      await purchase(299.99);
      if (foldsFirst) await platform.foldEvents();
      platform.clock.advance(10);
      await update(updateProfile.examples[0].body);
      await platform.foldEvents();
      ends.push((await read()).data.computed);
    }
    expect(ends[0]).toMatchObject({ ltv: 299.99, purchaseCount: 1, aov: 299.99 });
    expect(ends[1]).toMatchObject({ ltv: 299.99, purchaseCount: 1, aov: 299.99 });
  });

  test('events received afterwards add to them', async () => {
    await update({ computed: { ltv: 100.1, purchaseCount: 4 } });
    platform.clock.advance(1);
    await purchase(0.2);
    await platform.foldEvents();
    expect((await read()).data.computed).toMatchObject({ ltv: 100.3, purchaseCount: 5 });
  });

  test('refunds received afterwards take from them, and never more than their order added', async () => {
    const track = (type: string, amount: number) =>
      platform.call('trackEvent', { body: { profileId: id, type, properties: { orderId: 'ORD-1', amount } } });
    await track('purchase', 40);
    platform.clock.advance(1);
    await update({ computed: { ltv: 100.1, purchaseCount: 4 } });
    platform.clock.advance(1);
    await track('refund', 0.2);
    await platform.foldEvents();
    expect((await read()).data.computed).toMatchObject({ ltv: 99.9, purchaseCount: 4 });
    await track('refund', 1000);
    await platform.foldEvents();
    expect((await read()).data.computed).toMatchObject({ ltv: 60.1, purchaseCount: 4, aov: 15.03 });
  });

  test('are refused out of range', async () => {
    const { status, error } = await update({ computed: { churnRisk: 101, purchaseCount: -1 } });
    expect(status).toBe(422);
    expect(error.details.map(({ path }) => path)).toEqual(['body.computed.purchaseCount', 'body.computed.churnRisk']);
  });
});

test('consent is kept with who said so, and again in the ledger', async () => {
  await update({ consent: { email: true } });
  platform.clock.advance(1000);
  await update({ consent: { email: false, sms: true } });
  expect((await read()).data.consent).toMatchObject({ email: false, sms: true });
  const ledger = await platform.services.profiles.consentLedger(id);
  expect(ledger.map(({ changes, source }) => ({ changes, source }))).toEqual([
    { changes: { email: true }, source: 'api' },
    { changes: { email: false, sms: true }, source: 'api' },
  ]);
});

test('a merged id updates the survivor and says where it stands', async () => {
  const survivor = await platform.call('createProfile', { body: { firstName: 'Survivor' } });
  await platform.table.write({
    kind: 'update',
    key: { pk: `P#${id}`, sk: 'H' },
    set: { 'h.life': 'merged', 'h.mergedInto': survivor.data.id },
  });
  const answer = await update({ attributes: { city: 'Paris' } });
  expect(answer.data).toMatchObject({ id: survivor.data.id, attributes: { firstName: 'Survivor', city: 'Paris' } });
  expect(answer.headers['content-location']).toBe(`/api/cdp/profiles/${survivor.data.id}`);
});

test('50 updates at once all have their effect', async () => {
  const names = Array.from({ length: 50 }, (_, n) => `field${n}`);
  const answers = await Promise.all(names.map(name => update({ attributes: { customFields: { [name]: true } } })));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
  expect(Object.keys((await read()).data.attributes.customFields)).toEqual(expect.arrayContaining(names));
});

test('of many updates of one state exactly one wins, although all stand on the same events', async () => {
  await platform.call('trackEvent', { body: { profileId: id, type: 'page_view' } });
  await platform.foldEvents();
  const { headers } = await read();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => update({ computed: { ltv: n } }, { 'if-match': headers.etag })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
});
