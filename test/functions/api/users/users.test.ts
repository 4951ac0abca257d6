import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const invite = (email: string, roles: unknown = ['analyst']) => platform.call('inviteUser', { body: { email, roles } });

test('an invited user stands in the list, under the address in small letters', async () => {
  const { status, data } = await invite('Ada@Team.example', ['analyst', 'privacy', 'analyst']);
  expect([status, data.email, data.roles]).toEqual([201, 'ada@team.example', ['analyst', 'privacy']]);
  expect((await platform.call('listUsers')).data).toMatchObject({ total: 1, items: [data] });
});

test('an address is invited once', async () => {
  const { data } = await invite('ada@team.example');
  const again = await invite('ADA@team.example', ['admin']);
  expect([again.status, again.error.existingUserId]).toEqual([409, data.id]);
  expect((await platform.services.users.get(data.id))?.roles).toEqual(['analyst']);
});

test('roles are set, and a removed user may be invited again', async () => {
  const { data } = await invite('ada@team.example');
  const changed = await platform.call('updateUser', { params: { id: data.id }, body: { roles: ['marketer'] } });
  expect(changed.data.roles).toEqual(['marketer']);
  expect((await platform.call('removeUser', { params: { id: data.id } })).status).toBe(204);
  expect((await platform.call('listUsers')).data.total).toBe(0);
  expect((await invite('ada@team.example')).status).toBe(201);
});

test.each([
  ['body.email', { email: 'nobody', roles: ['admin'] }],
  ['body.roles', { email: 'a@team.example', roles: [] }],
  ['body.roles.0', { email: 'a@team.example', roles: ['owner'] }],
])('refuses %s of %j', async (path, body) => {
  const { status, error } = await platform.call('inviteUser', { body });
  expect([status, error.details[0]?.path]).toEqual([422, path]);
});

test('the audit log names users by their ids alone', async () => {
  await invite('ada@team.example');
  const entries = platform.changes.filter(({ after }) => String(after?.pk).startsWith('AUDIT#'));
  expect(JSON.stringify(entries)).toContain('inviteUser');
  expect(JSON.stringify(entries)).not.toContain('ada@');
});
