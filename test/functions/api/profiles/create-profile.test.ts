import { beforeEach, describe, expect, test } from 'vitest';
import { createProfile } from '../../../../core/contract/profiles.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const create = (body: unknown, query = {}) => platform.call('createProfile', { body, query });
const read = async (id: string) => (await platform.call('getProfile', { params: { id } })).data;

describe('both shapes of the body', () => {
  test('flat: address and number are attributes and identifiers, and it reads back as it was answered', async () => {
    const { status, data } = await create(createProfile.examples[0].body);
    expect(status).toBe(201);
    expect(data).toMatchObject({
      id: expect.stringMatching(/^profile-/),
      externalIds: { email: 'customer@example.com', phone: '+14155551234' },
      attributes: {
        ...{ email: 'customer@example.com', firstName: 'Jane', lastName: 'Doe', phone: '+14155551234' },
        ...{ country: 'US', city: 'San Francisco', tags: [] },
        customFields: { preferredLanguage: 'en', industry: 'Technology' },
      },
      computed: { ltv: 0, aov: 0, purchaseCount: 0 },
      consent: { email: true, sms: false, tracking: true },
      segments: [],
    });
    expect(await read(data.id)).toEqual(data);
  });

  test('nested', async () => {
    const { data } = await create({
      externalIds: { customerId: 'C-1', email: 'a@example.com', deviceIds: ['device-1'], custom: { crm: '77' } },
      attributes: { firstName: 'Ada', tags: ['vip'] },
    });
    expect(data.externalIds).toEqual({
      ...{ customerId: 'C-1', email: 'a@example.com', deviceIds: ['device-1'], custom: { crm: '77' } },
    });
    expect(data.attributes).toMatchObject({ firstName: 'Ada', email: 'a@example.com', tags: ['vip'] });
  });

  test('both at once: parts stand together, nested ones win', async () => {
    const { data } = await create({
      ...{ email: 'flat@example.com', firstName: 'Flat', customFields: { a: 1, b: 1 } },
      attributes: { firstName: 'Nested', customFields: { b: 2 } },
    });
    expect(data.attributes).toMatchObject({ firstName: 'Nested', customFields: { a: 1, b: 2 } });
  });

  test('UK is read as GB', async () => {
    expect((await create({ country: 'uk' })).data.attributes.country).toBe('GB');
  });
});

describe('an identifier that another profile has', () => {
  test.each([
    ['the same address', { email: 'a@example.com' }],
    ['the same address in other letters', { email: ' A@Example.COM' }],
    ['the same number, written otherwise', { phone: '+1 (555) 123-4567' }],
    ['a device among others', { externalIds: { deviceIds: ['device-2', 'device-1'] } }],
  ])('%s is a conflict that names it, and nothing is written', async (_name, body) => {
    const first = await create({
      ...{ email: 'a@example.com', phone: '+15551234567', externalIds: { deviceIds: ['device-1'] } },
    });
    platform.changes.length = 0;
    const { status, error } = await create(body);
    expect(status).toBe(409);
    expect(error).toMatchObject({ code: 'CONFLICT', existingProfileId: first.data.id });
    const written = platform.changes.flatMap(({ after }) => after?.pk ?? []);
    expect(written.filter(pk => !pk.startsWith('AUDIT#'))).toEqual([]);
  });

  test('the answer does not repeat the value', async () => {
    await create({ email: 'secret@example.com' });
    expect((await create({ email: 'secret@example.com' })).text).not.toContain('secret@');
  });

  test('with onConflict=upsert it is updated instead, and answered with 200', async () => {
    const first = await create({ email: 'a@example.com', firstName: 'Ada', city: 'London' });
    const { status, data } = await create(
      { email: 'a@example.com', customerId: 'C-1', city: 'Paris', consent: { email: true } },
      { onConflict: 'upsert' },
    );
    expect(status).toBe(200);
    expect(data.id).toBe(first.data.id);
    expect(await read(data.id)).toMatchObject({
      externalIds: { email: 'a@example.com', customerId: 'C-1' },
      attributes: { firstName: 'Ada', city: 'Paris' },
      consent: { email: true },
    });
  });

  test('upsert creates where nobody has it', async () => {
    expect((await create({ email: 'a@example.com' }, { onConflict: 'upsert' })).status).toBe(201);
  });

  test.each([
    ['two profiles have one each', { email: 'a@example.com', phone: '+15551234567' }],
    ['it would be two customers', { email: 'a@example.com', customerId: 'C-2' }],
  ])('upsert is a conflict where %s', async (_name, body) => {
    const first = await create({ email: 'a@example.com', customerId: 'C-1' });
    const second = await create({ phone: '+15551234567' });
    const { status, error } = await create(body, { onConflict: 'upsert' });
    expect(status).toBe(409);
    expect([first.data.id, second.data.id]).toContain(error.existingProfileId);
    expect(await read(first.data.id)).toEqual(first.data);
  });
});

describe('what identifies nobody', () => {
  test('stays an attribute and is no identifier, so many may have it', async () => {
    const { data } = await create({ email: 'noreply@example.com' });
    expect(data.attributes.email).toBe('noreply@example.com');
    expect(data.externalIds).toEqual({});
    expect((await create({ email: 'noreply@example.com' })).status).toBe(201);
  });

  test.each([
    ['externalIds', { externalIds: { deviceIds: ['0000'] } }],
    ['customerId', { customerId: 'null' }],
  ])('is refused where it was named as an identifier (%s)', async (_name, body) => {
    const { status, error } = await create(body);
    expect(status).toBe(422);
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: 'body.externalIds' }] });
  });
});

describe('what breaks a rule is 422, what has the wrong shape 400, each with its path', () => {
  test.each([
    [422, 'body.email', { email: 'not-an-address' }],
    [422, 'body.attributes.country', { attributes: { country: 'USA' } }],
    [422, 'body.customFields.a', { customFields: { a: 1e300 } }],
    [400, 'body.email', { email: 7 }],
    [400, 'body.segments', { segments: ['segment-1'] }],
    [400, 'body.computed', { computed: { ltv: 1 } }],
    [400, 'body.id', { id: 'profile-mine' }],
    [400, 'body.attributes.nickname', { attributes: { nickname: 'x' } }],
    [400, 'body.consent.email', { consent: { email: 'yes' } }],
  ])('%i %s', async (status, path, body) => {
    const answer = await create(body);
    expect(answer.status).toBe(status);
    expect(answer.error.details.map(detail => detail.path)).toContain(path);
  });

  test('a profile that no item of the table could hold is refused, not lost', async () => {
    const customFields = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`field${n}`, 'x'.repeat(8192)]));
    const { status, error } = await create({ customFields });
    expect([status, error.code]).toEqual([422, 'VALIDATION_FAILED']);
  });

  test('more identifiers than one transaction can claim are refused', async () => {
    const ids = (name: string) => Array.from({ length: 50 }, (_, n) => `${name}-${n}`);
    const { status } = await create({ externalIds: { deviceIds: ids('device'), cookies: ids('cookie') } });
    expect(status).toBe(422);
  });
});

test('the same request under one Idempotency-Key creates one profile', async () => {
  const request = { body: { firstName: 'Ada' }, headers: { 'idempotency-key': 'once' } };
  const first = await platform.call('createProfile', request);
  const second = await platform.call('createProfile', request);
  expect(second.status).toBe(201);
  expect(second.data).toEqual(first.data);
  expect((await platform.services.profiles.list(10)).ids).toEqual([first.data.id]);
});
