import { beforeEach, expect, test } from 'vitest';
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
