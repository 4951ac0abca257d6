import { expect, test } from 'vitest';
import type { SdkCall } from '../../../../core/engines/sdk/sdk-call.ts';
import { eventType, nameTable, shownNames } from '../../../../core/engines/sdk/standard-names.ts';
import { knownEventTypes } from '../../../../core/model/event-type.ts';

const track = (event: string): SdkCall => ({ type: 'track', given: { event }, context: {} });
const call = (type: SdkCall['type']): SdkCall => ({ type, given: {}, context: {} });

test.each([
  ['Order Completed', 'purchase'],
  ['order completed', 'purchase'],
  ['order_completed', 'purchase'],
  ['ORDER-COMPLETED ', 'purchase'],
  ['Order Refunded', 'refund'],
  ['Product Viewed', 'product_view'],
  ['Product Added', 'add_to_cart'],
  ['Product Removed', 'remove_from_cart'],
  ['Product Added to Wishlist', 'wishlist'],
  ['Email Opened', 'email_open'],
  ['Email Link Clicked', 'email_click'],
  ['Unsubscribed', 'email_unsubscribe'],
  ['Signed Up', 'Signed Up'],
  ['purchase', 'purchase'],
  ['Käse & Co (50%)', 'K_se _ Co _50__'],
  ['x'.repeat(120), 'x'.repeat(100)],
])('%s is of type %s', (name, type) => {
  expect(eventType(track(name), nameTable({}))).toBe(type);
});

test.each([
  ['page', 'page_view'],
  ['screen', 'page_view'],
  ['identify', 'identify'],
  ['group', 'group'],
  ['alias', 'alias'],
] as const)('a call of %s is of type %s', (type, expected) => {
  expect(eventType(call(type), nameTable({}))).toBe(expected);
});

test('every standard name means a type that we know', () => {
  for (const { type } of shownNames({})) expect(knownEventTypes).toContain(type);
});

test('names of one’s own stand beside the standard ones, in their place, or take them away', () => {
  const own = { 'Kauf erledigt': 'purchase', screen: 'screen_view', 'order completed': null };
  const names = nameTable(own);
  expect(eventType(track('kauf_erledigt'), names)).toBe('purchase');
  expect(eventType(call('screen'), names)).toBe('screen_view');
  expect(eventType(track('Order Completed'), names)).toBe('Order Completed');
  const shown = shownNames(own);
  expect(shown).toContainEqual({ name: 'Kauf erledigt', type: 'purchase', source: 'own' });
  expect(shown.map(({ name }) => name)).not.toContain('Order Completed');
  expect(shown.filter(({ name }) => name.toLowerCase() === 'screen')).toHaveLength(1);
});
