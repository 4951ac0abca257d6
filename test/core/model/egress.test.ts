import { expect, test } from 'vitest';
import { whyNoAddress, whyNoEgress } from '../../../core/model/egress.ts';
import { allowedAddresses, forbiddenAddresses } from '../../verify/ssrf/addresses.ts';

test.each(Object.values(forbiddenAddresses).flat())('%s is refused with a reason', address => {
  expect(whyNoEgress(address, [])).toMatch(/^must /);
});

test.each(allowedAddresses)('%s may be sent to', address => {
  expect(whyNoEgress(address, [])).toBeUndefined();
});

test('what the local runtime opens is reached at exactly that host and port', () => {
  expect(whyNoEgress('http://127.0.0.1:4000/hook', ['127.0.0.1:4000'])).toBeUndefined();
  expect(whyNoEgress('http://127.0.0.1:4001/hook', ['127.0.0.1:4000'])).toBe('must be an https address');
  expect(whyNoEgress('https://127.0.0.1/hook', ['127.0.0.1:4000'])).toBe('must not lead to a loopback address');
});

test.each([
  ['8.8.8.8', undefined],
  ['2606:4700::1111', undefined],
  ['::ffff:8.8.8.8', undefined],
  ['::ffff:10.0.0.1', 'must not lead to a private address'],
  ['::7f00:1', 'must not lead to a reserved address'],
  ['nonsense', 'must lead to an IP address'],
])('an answer of the resolver of %s: %s', (address, reason) => {
  expect(whyNoAddress(address)).toBe(reason);
});
