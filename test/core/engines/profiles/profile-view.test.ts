import { expect, test } from 'vitest';
import { blankProfile, commitEvents } from '../../../../core/engines/profiles/commit-events.ts';
import { orderChanges, ordersIn } from '../../../../core/engines/profiles/order-state.ts';
import { etagOf, profileView } from '../../../../core/engines/profiles/profile-view.ts';
import { Profile } from '../../../../core/model/profile.ts';
import { someEvent, someTime } from '../../../fixtures/profile-states.ts';

const purchase = someEvent({
  type: 'purchase',
  timestamp: '2026-02-14T10:00:00.000Z',
  properties: { orderId: 'ORD-1', amount: 249.99 },
  traits: { firstName: 'Jane', customFields: { plan: 'pro' } },
  consent: { email: true },
});
const context = {
  accountCurrency: 'USD',
  orderChanges: orderChanges(ordersIn([purchase], 'USD')),
  newIdentifiers: [{ type: 'customerId' as const, value: 'C1' }],
  now: someTime,
};

test('the golden record tells who it is, what was bought and what was agreed to', () => {
  const state = commitEvents(blankProfile('profile-1', someTime), [purchase], context);
  const view = profileView(state, ['segment-1']);
  expect(Profile.parse(view)).toEqual(view);
  expect(view).toMatchObject({
    id: 'profile-1',
    externalIds: { customerId: 'C1' },
    attributes: { firstName: 'Jane', tags: [], customFields: { plan: 'pro' } },
    computed: { ltv: 249.99, aov: 249.99, purchaseCount: 1, lastPurchaseDate: '2026-02-14T10:00:00.000Z' },
    consent: { email: true, updatedAt: '2026-02-14T10:00:00.000Z' },
    segments: ['segment-1'],
    createdAt: '2026-02-15T12:00:00.000Z',
  });
});

test('what nobody was asked is no consent', () => {
  expect(profileView(blankProfile('profile-1', someTime)).consent).toEqual({});
});

test('the etag changes with every commit', () => {
  const before = blankProfile('profile-1', someTime);
  const after = commitEvents(before, [someEvent()], { ...context, orderChanges: [] });
  expect(etagOf(after)).not.toBe(etagOf(before));
  expect(etagOf(commitEvents(after, [someEvent()], { ...context, orderChanges: [] }))).not.toBe(etagOf(after));
});

test('a purchase whose order belongs to another message is kept and counts nothing', () => {
  const owner = { messageId: 'another', receivedAt: 0, amount: '9', currency: 'USD' };
  const counted = new Map([['ORD-1', { purchase: owner, refunds: [] }]]);
  const repeated = { ...context, orderChanges: orderChanges(ordersIn([purchase], 'USD'), counted) };
  const { head } = commitEvents(blankProfile('profile-1', someTime), [purchase], repeated);
  expect(head.counters).toMatchObject({ events: 1, purchases: 0, ltv: '0' });
});
