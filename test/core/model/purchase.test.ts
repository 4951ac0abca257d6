import { expect, test } from 'vitest';
import { checkPurchase, purchaseValue } from '../../../core/model/purchase.ts';

test.each([
  ['the amount counts', { amount: 249.99, items: [{ quantity: 1, price: 1 }] }, '249.99'],
  ['items are summed exactly where there is no amount', { items: [{ quantity: 2, price: 124.995 }] }, '249.99'],
  ['an item without a quantity is one', { items: [{ price: '9.90' }, { price: 0.1 }] }, '10'],
  ['an item without a price is worth nothing', { items: [{ quantity: 3 }] }, '0'],
  ['a purchase of nothing is worth nothing', {}, '0'],
  ['a text is a decimal, too', { amount: '10.50' }, '10.5'],
])('%s', (_, properties, amount) => {
  expect(checkPurchase(properties)).toEqual([]);
  expect(purchaseValue(properties).amount).toBe(amount);
});

test('order and currency are read; everything else is left alone', () => {
  expect(purchaseValue({ orderId: 'ORD-789', amount: 1, currency: 'eur', coupon: { any: 'thing' } })).toEqual({
    orderId: 'ORD-789',
    amount: '1',
    currency: 'EUR',
  });
});

test.each([
  ['a negative amount', { amount: -1 }, 'properties.amount'],
  ['an amount that is no number', { amount: 'ten' }, 'properties.amount'],
  ['an unknown form of currency', { currency: 'Dollar' }, 'properties.currency'],
  ['an order id that is no text', { orderId: 7 }, 'properties.orderId'],
  ['an order id that no key can hold', { orderId: 'a\u{10ffff}' }, 'properties.orderId'],
  ['a bad price', { items: [{ price: 1 }, { price: -2 }] }, 'properties.items.1.price'],
  ['items that are no list', { items: {} }, 'properties.items'],
])('%s is named with its path', (_, properties, path) => {
  expect(checkPurchase(properties).map(fault => fault.path)).toEqual([path]);
});
