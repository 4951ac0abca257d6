import { expect, test } from 'vitest';
import { combineCounters } from '../../../../core/engines/profiles/combine-counters.ts';
import { computedValues } from '../../../../core/engines/profiles/computed-values.ts';
import { type Counters, emptyCounters } from '../../../../core/model/profile-state.ts';

const counters = (parts: Partial<Counters>): Counters => ({ ...emptyCounters(100), ...parts });
const order = (messageId: string, receivedAt: number, amount: string) => ({
  purchase: { messageId, receivedAt, amount, currency: 'USD' },
  refunds: [],
});

test('an order that both have counts once, by the message that was received first', () => {
  const one = counters({ events: 2, purchases: 2, ltv: '30' });
  const other = counters({ events: 1, purchases: 1, ltv: '12', firstSeenAt: 50, lastSeenAt: 200 });
  const shared = [{ one: order('m-1', 5, '10'), other: order('m-2', 6, '12') }];
  const both = combineCounters(one, other, shared, 'USD');
  expect(both).toMatchObject({ events: 3, purchases: 2, ltv: '30', firstSeenAt: 50, lastSeenAt: 200 });
  expect(combineCounters(other, one, [{ one: order('m-2', 6, '12'), other: order('m-1', 5, '10') }], 'USD')).toEqual(
    both,
  );
});

test('a value set by hand holds, and what the other one has is added to it', () => {
  const one = counters({ purchases: 1, ltv: '10', overrides: { ltv: { at: 7, value: '100', plus: '5' } } });
  const both = combineCounters(one, counters({ purchases: 1, ltv: '20' }), [], 'USD');
  expect(computedValues(both)).toMatchObject({ ltv: 125, purchaseCount: 2 });
});
