import { expect, test } from 'vitest';
import { commerceProperties } from '../../../../core/engines/sdk/commerce-properties.ts';
import { moneyFaults } from '../../../../core/model/money-faults.ts';
import { purchaseValue } from '../../../../core/model/purchase.ts';
import { refundValue } from '../../../../core/model/refund.ts';

test.each([
  [
    'revenue counts, not what was paid in all',
    { order_id: 'o', revenue: 9.5, total: 12 },
    { orderId: 'o', amount: '9.5' },
  ],
  ['what was paid in all, where nothing else is said', { order_id: 'o', total: 12 }, { orderId: 'o', amount: '12' }],
  ['amounts as text', { order_id: 'o', revenue: '99.90' }, { orderId: 'o', amount: '99.9' }],
  ['an order number', { order_id: 4711, revenue: 1 }, { orderId: '4711', amount: '1' }],
  ['a sum that was made in binary', { revenue: 0.1 + 0.2 }, { amount: '0.3' }],
  ['another currency', { revenue: 5, currency: 'eur' }, { amount: '5', currency: 'EUR' }],
  ['what is null is not said', { revenue: null, total: 7, currency: null }, { amount: '7' }],
  ['our own names', { orderId: 'o', amount: 3, revenue: 9 }, { orderId: 'o', amount: '3' }],
  [
    'products where no sum is said',
    {
      products: [
        { product_id: 's', price: 124.995, quantity: 2 },
        { price: 1, quantity: null },
      ],
    },
    { amount: '250.99' },
  ],
])('of an order: %s', (_name, given, value) => {
  const properties = commerceProperties('purchase', given);
  expect(moneyFaults('purchase', properties)).toEqual([]);
  expect(purchaseValue(properties)).toEqual({ orderId: undefined, currency: undefined, ...value });
});

test('of a refund: what was given back, of the whole order where nothing is said', () => {
  expect(refundValue(commerceProperties('refund', { order_id: 'o', total: 4 }))).toMatchObject({ amount: '4' });
  expect(refundValue(commerceProperties('refund', { order_id: 'o' })).amount).toBeUndefined();
});

test('what makes no sense stays for all to see', () => {
  const properties = commerceProperties('purchase', { revenue: 'much', products: 'chairs' });
  expect(properties).toEqual({ revenue: 'much', amount: 'much', items: 'chairs' });
  expect(moneyFaults('purchase', properties).map(({ path }) => path)).toEqual([
    'properties.amount',
    'properties.items',
  ]);
});

test('products are named as ours are, and keep what we have no name for', () => {
  expect(commerceProperties('add_to_cart', { product_id: 'sku-1', cart_id: 'c', price: 5 })).toEqual({
    productId: 'sku-1',
    cart_id: 'c',
    price: 5,
  });
});

test('other events keep their properties as they are', () => {
  const given = { order_id: 'o', revenue: null };
  expect(commerceProperties('Checkout Started', given)).toBe(given);
});
