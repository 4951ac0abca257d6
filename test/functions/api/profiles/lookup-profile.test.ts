import { beforeEach, expect, test } from 'vitest';
import { lookUpProfile } from '../../../../core/flows/look-up-profile.ts';
import { tableProfileStore } from '../../../../functions/adapters/stores/table-profile-store.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeEach(async () => {
  platform = await openPlatform();
  const body = {
    ...{ email: 'Jane.Doe@gmail.com', phone: '+1 555 123 4567', customerId: 'C-1' },
    externalIds: { advertisingIds: ['AB-CD'], custom: { crm: '77' } },
  };
  id = (await platform.call('createProfile', { body })).data.id;
});

const lookUp = (type: string, value: string) => platform.call('lookupProfile', { query: { type, value } });

test.each([
  ['email', 'Jane.Doe@gmail.com'],
  ['email', ' janedoe+news@GoogleMail.com '],
  ['phone', '+1-555-123-4567'],
  ['phone', '15551234567'],
  ['customerId', 'C-1'],
  ['advertisingId', 'ab-cd'],
  ['custom:crm', '77'],
])('%s %s finds the profile', async (type, value) => {
  const { status, data, headers } = await lookUp(type, value);
  expect([status, data.id]).toEqual([200, id]);
  expect(headers.etag).toBe((await platform.call('getProfile', { params: { id } })).headers.etag);
});

test('an identifier that nobody has is not found, and the answer does not repeat it', async () => {
  const answer = await lookUp('email', 'nobody@example.com');
  expect([answer.status, answer.error.code]).toEqual([404, 'NOT_FOUND']);
  expect(answer.text).not.toContain('nobody@');
});

test.each([
  ['email', '😀'],
  ['email', 'no address'],
  ['phone', '12'],
  ['deviceId', 'null'],
])('%s %s, which identifies nobody, finds nobody', async (type, value) => {
  expect((await lookUp(type, value)).status).toBe(404);
});

test('the identifiers of an erased profile find nobody', async () => {
  await platform.call('deleteProfile', { params: { id } });
  expect((await lookUp('customerId', 'C-1')).status).toBe(404);
});

test.each([['shoeSize', '42', 'query.type'] as const, ['email', '', 'query.value'] as const])(
  'type %s with value "%s" is refused',
  async (type, value, path) => {
    const { status, error } = await lookUp(type, value);
    expect([400, 422]).toContain(status);
    expect(error.details[0]?.path).toBe(path);
  },
);

test('whoever writes reads it at once, although who has an identifier is remembered', async () => {
  await lookUp('customerId', 'C-1');
  await platform.call('updateProfile', { params: { id }, body: { attributes: { city: 'Ulm' } } });
  expect((await lookUp('customerId', 'C-1')).data.attributes.city).toBe('Ulm');
  await platform.call('detachIdentity', { params: { id, type: 'customerId', value: 'C-1' } });
  expect((await lookUp('customerId', 'C-1')).status).toBe(404);
  const other = (await platform.call('createProfile', { body: { customerId: 'C-1' } })).data.id;
  expect((await lookUp('customerId', 'C-1')).data.id).toBe(other);
  await platform.call('deleteProfile', { params: { id: other } });
  expect((await lookUp('customerId', 'C-1')).status).toBe(404);
});

test('what another process writes is seen, too', async () => {
  await lookUp('custom:crm', '77');
  const profiles = tableProfileStore(platform.table, undefined, () => platform.clock.at);
  const state = await profiles.get(id);
  if (!state) throw new Error('the profile is not there');
  await profiles.erase(state, platform.clock.at);
  expect((await lookUp('custom:crm', '77')).status).toBe(404);
});

test('who has an identifier is asked again after a minute, and not before', async () => {
  let asked = 0;
  const { profiles } = platform.services;
  const tools = {
    profiles: {
      get: profiles.get,
      ownersOf: async (keys: readonly string[]) => {
        asked += 1;
        return profiles.ownersOf(keys);
      },
    },
    knownOwners: new Map(),
    now: () => new Date(platform.clock.at),
  };
  const identifier = { type: 'customerId' as const, value: 'C-1' };
  const askedAfter = async (milliseconds: number) => {
    platform.clock.advance(milliseconds);
    expect((await lookUpProfile(identifier, tools)).id).toBe(id);
    return asked;
  };
  expect([await askedAfter(0), await askedAfter(59_000), await askedAfter(1_000)]).toEqual([1, 1, 2]);
});
