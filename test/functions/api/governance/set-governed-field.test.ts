import { beforeEach, expect, test } from 'vitest';
import { grantOfRoles } from '../../../../core/engines/access/grant-of-roles.ts';
import type { Role } from '../../../../core/model/caller.ts';
import { sha256Hex } from '../../../../core/model/sha-256-hex.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';

let platform: Platform;
let id: string;
let reader: string;

beforeEach(async () => {
  platform = await openPlatform();
  const body = {
    email: 'jane@example.com',
    firstName: 'Jane',
    city: 'Lisbon',
    customFields: { plan: 'gold', seats: 7 },
  };
  id = (await platform.call('createProfile', { body })).data.id;
  reader = await addKey(platform.services, { scopes: ['read'], fieldPolicy: { sensitive: 'drop', contact: 'mask' } });
});

const set = (field: string, body: unknown, headers = {}) =>
  platform.call('setGovernedField', { params: { field }, body, headers });
const profile = async (key = reader) => (await platform.call('getProfile', { params: { id }, key })).data;

test('a field of another class is read as that class is, wherever a profile is answered', async () => {
  expect((await profile()).attributes.city).toBe('Lisbon');
  const answer = await set('attributes.city', { class: 'sensitive' });
  expect(answer).toMatchObject({ status: 200, data: { field: 'attributes.city', class: 'sensitive' } });
  expect((await profile()).attributes).not.toHaveProperty('city');
  const { items } = (await platform.call('listProfiles', { key: reader })).data;
  expect(items[0]?.attributes).not.toHaveProperty('city');
  expect((await profile(platform.keys.admin)).attributes.city).toBe('Lisbon');
});

test('a field that is declared personal may be made public', async () => {
  expect((await profile()).attributes.firstName).toBe('***');
  await set('attributes.firstName', { class: 'public' });
  expect((await profile()).attributes.firstName).toBe('Jane');
});

test('a custom field has a rule of its own; the others stay as they are', async () => {
  await set('attributes.customFields.plan', { class: 'sensitive' });
  expect((await profile()).attributes.customFields).toEqual({ seats: 7 });
  await set('attributes.customFields', { class: 'sensitive' });
  await set('attributes.customFields.seats', { class: 'public' });
  expect((await profile()).attributes.customFields).toEqual({ seats: 7 });
});

test('a role with a view of its own reads by it', async () => {
  await set('attributes.city', { roles: { analyst: 'hash' } });
  const { services } = platform;
  const token = (role: Role) => ({ id: `user-${role}`, kind: 'user' as const, roles: [role], ...grantOfRoles([role]) });
  const asked = Object.assign(services, { verifyToken: async (text: string) => token(text.split('.')[0] as Role) });
  expect(asked).toBe(services);
  expect((await profile('analyst.is.signed')).attributes.city).toBe(sha256Hex('Lisbon'));
  expect((await profile('marketer.is.signed')).attributes.city).toBe('Lisbon');
});

test('who may not see a field may not search by it', async () => {
  await set('attributes.city', { class: 'sensitive' });
  const answer = await platform.call('searchProfiles', { body: { city: 'Lisbon' }, key: reader });
  expect([answer.status, answer.error.code]).toEqual([403, 'FORBIDDEN']);
});

test('the history and what somebody is known by follow the rule', async () => {
  await platform.call('updateProfile', { params: { id }, body: { attributes: { city: 'Porto' } } });
  await set('attributes.city', { class: 'sensitive' });
  const { text } = await platform.call('getHistory', {
    params: { id },
    query: { field: 'attributes.city' },
    key: reader,
  });
  expect(text).not.toMatch(/Lisbon|Porto/);
  const known = async () => (await platform.call('listIdentities', { params: { id }, key: reader })).data.items;
  expect(await known()).toMatchObject([{ type: 'email', value: 'jane@example.com' }]);
  await set('externalIds.email', { class: 'sensitive' });
  expect(await known()).toEqual([]);
});

test('why somebody is in a segment shows of a field what the caller sees of it', async () => {
  const rules = { operator: 'AND', conditions: [{ field: 'attributes.email', operator: 'exists' }] };
  const segment = (await platform.call('createSegment', { body: { name: 'Known', type: 'rule-based', rules } })).data
    .id;
  const explained = async () =>
    (await platform.call('explainMembership', { params: { id: segment, profileId: id }, key: reader })).text;
  expect(await explained()).not.toContain('jane@example.com');
  await set('attributes.email', { class: 'public' });
  expect(await explained()).toContain('jane@example.com');
});

test('what is not sent stays, null takes it back, and nothing is left where nothing differs', async () => {
  await set('attributes.country', { class: 'sensitive' });
  const both = await set('attributes.country', { activationAllowed: false });
  expect(both.data).toMatchObject({ class: 'sensitive', activated: false });
  const back = await set('attributes.country', { class: null, activationAllowed: null });
  expect(back.data).toMatchObject({ class: 'public', activated: true });
  expect(back.data).not.toHaveProperty('rule');
});

test('the list tells rules with who set them, and a lost update is refused', async () => {
  const before = await platform.call('listGovernedFields');
  await set('attributes.customFields.plan', { class: 'sensitive' }, { 'if-match': before.headers.etag });
  const lost = await set('attributes.city', { class: 'sensitive' }, { 'if-match': before.headers.etag });
  expect(lost.status).toBe(412);
  const { items } = (await platform.call('listGovernedFields')).data;
  expect(items.find(({ field }) => field === 'attributes.customFields.plan')).toMatchObject({
    class: 'sensitive',
    roles: { admin: 'show', marketer: 'drop' },
    rule: { changedBy: expect.any(String) },
  });
});

test.each([
  ['attributes.shoeSize', { class: 'sensitive' }, 404, undefined],
  ['id', { class: 'sensitive' }, 422, 'params.field'],
  ['attributes.company', { activationAllowed: true }, 422, 'body.activationAllowed'],
  ['attributes.city', { class: 'secret' }, 422, 'body.class'],
  ['attributes.city', { roles: { analyst: 'blur' } }, 422, 'body.roles.analyst'],
  ['attributes.city', { roles: { nobody: 'mask' } }, 400, 'body.roles.nobody'],
  ['attributes.city', {}, 422, 'body'],
])('%s with %j is answered %j at %j', async (field, body, status, path) => {
  const answer = await set(field, body);
  expect([answer.status, answer.error.details?.[0]?.path]).toEqual([status, path]);
});
