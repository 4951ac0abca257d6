import { expect, test } from 'vitest';
import { handler } from '../../functions/sign-up.ts';
import { openPlatform } from '../fixtures/open-platform.ts';

const event = (email: string, triggerSource = 'PreSignUp_SignUp') =>
  ({ triggerSource, request: { userAttributes: { email } } }) as unknown as Parameters<typeof handler>[0];

test('only who was invited may join the pool, however the address is written', async () => {
  const platform = await openPlatform();
  await platform.call('inviteUser', { body: { email: 'ada@team.example', roles: ['analyst'] } });
  expect(await handler(event('Ada@Team.example'))).toEqual(event('Ada@Team.example'));
  await expect(handler(event('eve@evil.example'))).rejects.toThrow('was not invited');
  await expect(handler(event(''))).rejects.toThrow('was not invited');
});

test('whom an administrator of the pool adds may join', async () => {
  await openPlatform();
  const added = event('ops@team.example', 'PreSignUp_AdminCreateUser');
  expect(await handler(added)).toBe(added);
});
