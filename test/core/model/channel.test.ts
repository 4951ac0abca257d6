import { expect, test } from 'vitest';
import { channelOf } from '../../../core/model/channel.ts';

const url = (address: string) => ({ properties: { url: address } });
const referrer = (address: string) => ({ properties: { url: 'https://shop.test/', referrer: address } });
const campaign = (source: string, medium: string) => ({ properties: {}, context: { campaign: { source, medium } } });

test.each([
  ['email', campaign('news', 'Email')],
  ['paid search', campaign('google', 'cpc')],
  ['paid social', campaign('facebook', 'cpc')],
  ['display', campaign('partner', 'banner')],
  ['affiliate', campaign('partner', 'affiliate')],
  ['other', campaign('partner', '')],
  ['email', url('https://shop.test/?a=1&utm_source=news&utm_medium=newsletter#top')],
  ['organic social', url('https://shop.test/?utm_source=instagram')],
  ['paid search', url('https://shop.test/?gclid=x')],
  ['paid social', url('https://shop.test/?ttclid=x')],
  ['email', { properties: { source: 'email' } }],
  ['organic search', referrer('https://www.google.co.uk/search')],
  ['organic social', referrer('https://t.co/abc')],
  ['referral', referrer('https://blog.example/post')],
  ['direct', referrer('https://shop.test/cart')],
  ['direct', { properties: {} }],
])('%s: %j', (channel, told) => {
  expect(channelOf({ type: 'page_view', ...told })).toBe(channel);
});

test('a campaign counts before the address, the address before the referrer', () => {
  const properties = { url: 'https://shop.test/?utm_source=news&utm_medium=email', referrer: 'https://www.bing.com/' };
  expect(channelOf({ type: 'page_view', properties })).toBe('email');
  expect(channelOf({ type: 'page_view', properties, ...{ context: campaign('x', 'affiliate').context } })).toBe(
    'affiliate',
  );
});

test('what is no page view and tells nothing has no channel', () => {
  expect(channelOf({ type: 'purchase', properties: { amount: 5 } })).toBeUndefined();
});
