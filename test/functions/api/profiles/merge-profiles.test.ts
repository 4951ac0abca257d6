import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let one: string;
let other: string;
const create = async (body: object): Promise<string> => (await platform.call('createProfile', { body })).data.id;
beforeEach(async () => {
  platform = await openPlatform();
  one = await create({ email: 'jane@example.com', firstName: 'Jane', customerId: 'c-1' });
  other = await create({ firstName: 'J.', city: 'Ulm', externalIds: { deviceIds: ['device-2'] }, tags: ['vip'] });
});

const merge = (body: object) =>
  platform.call('mergeProfiles', { body: { primaryProfileId: one, secondaryProfileIds: [other], ...body } });

test('one profile has what both had, and every old name and identifier leads to it', async () => {
  const { status, data } = await merge({ strategy: 'most_complete' });
  expect(status).toBe(200);
  expect(data.profile).toMatchObject({ id: one, attributes: { city: 'Ulm', tags: ['vip'] } });
  expect(data.merged).toEqual([other]);
  const { data: found, headers } = await platform.call('getProfile', { params: { id: other } });
  expect(found).toMatchObject({ id: one, mergedFrom: [other] });
  expect(headers['content-location']).toBe(`/api/cdp/profiles/${one}`);
  const query = { type: 'deviceId', value: 'device-2' };
  expect((await platform.call('lookupProfile', { query })).data.id).toBe(one);
  expect((await platform.call('listProfiles')).data.items.map(({ id }) => id)).toEqual([one]);
});

test('a dry run shows every decision and writes nothing', async () => {
  platform.changes.length = 0;
  const { data } = await merge({ dryRun: true, strategy: 'most_recent' });
  expect(data.fieldDecisions).toContainEqual(
    expect.objectContaining({
      field: 'firstName',
      reason: 'most_recent',
      primary: { firstName: 'Jane' },
      secondary: { firstName: 'J.' },
    }),
  );
  expect(data.profile.attributes.city).toBe('Ulm');
  const written = platform.changes.filter(({ after }) => !/^(AUDIT|RATE)#/.test(after?.pk ?? ''));
  expect(written).toEqual([]);
});

test('asked for once more it is answered with the merge that did it', async () => {
  const first = await merge({});
  const second = await merge({});
  expect(second.data).toMatchObject({ mergeId: first.data.mergeId, merged: [], profile: { id: one } });
});

test.each([
  ['itself', () => ({ secondaryProfileIds: [one] }), 422, 'VALIDATION_FAILED'],
  ['somebody unknown', () => ({ secondaryProfileIds: ['profile-none'] }), 404, 'NOT_FOUND'],
])('a profile is not merged with %s', async (_, body, status, code) => {
  const { status: answered, error } = await merge(body());
  expect([answered, error.code]).toEqual([status, code]);
});

test('nor with somebody who was erased', async () => {
  await platform.call('deleteProfile', { params: { id: other } });
  expect((await merge({})).status).toBe(404);
});

test('different customer ids are merged by hand, and the record says so', async () => {
  const third = await create({ customerId: 'c-2' });
  const { data } = await merge({ secondaryProfileIds: [third] });
  const record = await platform.call('getMerge', { params: { id: data.mergeId ?? '' } });
  expect(record.data.warnings).toEqual(['different_customer_ids']);
  expect(record.data.before?.secondary.id).toBe(third);
});

test('several are merged one after the other', async () => {
  const third = await create({ company: 'Acme' });
  const { data } = await merge({ secondaryProfileIds: [other, third] });
  expect(data.mergeIds).toHaveLength(2);
  expect(data.profile.attributes).toMatchObject({ company: 'Acme', city: 'Ulm' });
});

test('erasing the survivor erases everybody who was a part of it', async () => {
  await merge({});
  await platform.call('deleteProfile', { params: { id: other } });
  for (const id of [one, other]) expect((await platform.services.profiles.get(id))?.head.life).toBe('erased');
});
