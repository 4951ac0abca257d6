import { expect, test } from 'vitest';
import { resolvedEgress } from '../../../../functions/adapters/webhooks/resolved-egress.ts';

const refusal = (addresses: string[], allowed: string[] = []) => resolvedEgress(allowed, async () => addresses);

test.each([
  [['93.184.215.14'], undefined],
  [['93.184.215.14', '10.0.0.1'], 'must not lead to a private address'],
  [['::1'], 'must not lead to a loopback address'],
  [[], undefined],
])('a name that leads to %j: %s', async (addresses, reason) => {
  expect(await refusal(addresses)('https://example.com/')).toBe(reason);
});

test('an address is refused by itself, before anybody is asked where it leads', async () => {
  const ask = resolvedEgress([], () => Promise.reject(new Error('asked')));
  expect(await ask('https://10.0.0.1/')).toBe('must not lead to a private address');
});

test('a name that nobody knows may lead somewhere later', async () => {
  expect(
    await resolvedEgress([], () => Promise.reject(new Error('ENOTFOUND')))('https://example.com/'),
  ).toBeUndefined();
});

test('what was opened is not looked at', async () => {
  expect(await refusal(['127.0.0.1'], ['local.test:4000'])('http://local.test:4000/')).toBeUndefined();
});
