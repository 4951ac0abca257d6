import { expect, test } from 'vitest';
import { circumstancesOf } from '../../../functions/kit/circumstances-of.ts';

const of = (headers: Record<string, string>, { edge = true, ipAddresses = 'truncate' } = {}) =>
  circumstancesOf(
    { headers, requestContext: { http: { sourceIp: '192.0.2.1' } } } as never,
    { settings: { ipAddresses, bots: 'flag' }, originSecret: edge ? async () => '' : undefined } as never,
  );

test.each([
  ['203.0.113.7, 130.176.0.1', true, '203.0.113.7'],
  ['6.6.6.6, 203.0.113.7, 130.176.0.1', true, '203.0.113.7'],
  ['203.0.113.7', true, '203.0.113.7'],
  ['', true, '192.0.2.1'],
  ['6.6.6.6', false, '192.0.2.1'],
])('of the hops %s, behind the edge: %s, the client’s is %s', (hops, edge, address) => {
  expect(of(hops === '' ? {} : { 'x-forwarded-for': hops }, { edge }).connection.address).toBe(address);
});

test('a page is known by its origin, and its place by what the edge says', () => {
  expect(of({ origin: 'https://shop.example', 'cloudfront-viewer-country': 'DE' }).connection).toMatchObject({
    fromBrowser: true,
    location: { country: 'DE' },
  });
  expect(of({}).connection).toMatchObject({ fromBrowser: false, location: {} });
});

test.each([
  ['keep', 'stripLastOctet', 'truncate'],
  ['keep', 'remove', 'drop'],
  ['keep', 'keep', 'keep'],
  ['truncate', 'keep', 'truncate'],
  ['drop', 'stripLastOctet', 'drop'],
  ['keep', 'constructor', 'keep'],
])('a deployment that says %s and a client that says %s leave %s', (ipAddresses, asked, policy) => {
  expect(of({ 'x-ip-policy': asked }, { ipAddresses }).addresses).toBe(policy);
});
