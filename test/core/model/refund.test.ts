import { expect, test } from 'vitest';
import { moneyFaults } from '../../../core/model/money-faults.ts';
import { checkRefund, refundValue } from '../../../core/model/refund.ts';

test.each([
  ['the amount counts', { amount: 249.99, items: [{ quantity: 1, price: 1 }] }, '249.99'],
  ['items are summed exactly where there is no amount', { items: [{ quantity: 2, price: 124.995 }] }, '249.99'],
  ['with neither, the whole order is meant', {}, undefined],
])('%s', (_, properties, amount) => {
  expect(checkRefund({ orderId: 'A', ...properties })).toEqual([]);
  expect(refundValue({ orderId: 'A', ...properties })).toEqual({ orderId: 'A', currency: undefined, amount });
});

test.each([
  ['a refund of no order', { amount: 1 }, 'properties.orderId'],
  ['a negative amount', { orderId: 'A', amount: '-1' }, 'properties.amount'],
  ['an amount that is no number', { orderId: 'A', amount: 'ten' }, 'properties.amount'],
  ['an unknown form of currency', { orderId: 'A', currency: '€' }, 'properties.currency'],
  ['a bad price', { orderId: 'A', items: [{ price: 1 }, { price: -2 }] }, 'properties.items.1.price'],
])('%s is named with its path', (_, properties, path) => {
  expect(checkRefund(properties).map(fault => fault.path)).toEqual([path]);
  expect(moneyFaults('refund', properties).map(fault => fault.path)).toEqual([path]);
  expect(moneyFaults('page_view', properties)).toEqual([]);
});
