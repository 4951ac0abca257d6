import { expect, test } from 'vitest';
import { askedAt } from '../../../functions/kit/asked-at.ts';

test.each([
  [{ 'x-forwarded-host': 'cdp.shop.example', 'x-forwarded-proto': 'https' }, 'cdp.shop.example', 'https'],
  [{ 'x-forwarded-host': 'localhost:3001', 'x-forwarded-proto': 'http' }, 'localhost:3001', 'http'],
  [{ 'x-forwarded-host': '[::1]:3001' }, '[::1]:3001', 'https'],
  [{ 'x-forwarded-host': 'evil/path?"' }, 'api.test', 'https'],
  [{}, 'api.test', 'https'],
])('%j is %s by %s', (headers, host, protocol) => {
  expect(askedAt({ headers, requestContext: { domainName: 'api.test' } } as never)).toEqual({ host, protocol });
});
