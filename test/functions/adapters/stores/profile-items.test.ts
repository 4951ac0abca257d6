import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addEvents, blankProfile } from '../../../../core/engines/profiles/commit-events.ts';
import { overrideValues } from '../../../../core/engines/profiles/computed-values.ts';
import { orderChanges, ordersIn } from '../../../../core/engines/profiles/order-state.ts';
import { knownEventTypes } from '../../../../core/model/event-type.ts';
import type { ComputedPatch } from '../../../../core/model/profile.ts';
import type { Head } from '../../../../core/model/profile-state.ts';
import { keys } from '../../../../functions/adapters/stores/access-patterns.ts';
import { headItem, unpackHead } from '../../../../functions/adapters/stores/profile-items.ts';
import { itemSizeBytes } from '../../../../functions/adapters/table/memory/item-size.ts';
import { someEvent, someTime } from '../../../fixtures/profile-states.ts';
import { type SeededRandom, seededRandom } from '../../../fixtures/seeded-random.ts';

const profileId = 'profile-01KJ2M3N4P5Q6R7S8T9V0W1X2Y';
const iso = (at: number) => new Date(at).toISOString();

const setByHand: ComputedPatch = {
  ltv: '12345.678',
  aov: '123.45',
  purchaseCount: 17,
  firstSeenDate: iso(someTime - 9e9),
  lastSeenDate: iso(someTime - 5),
  lastPurchaseDate: iso(someTime - 6),
  churnRisk: 42,
  engagementScore: 77.5,
};

/** A head as it is after years of events: a full ring, ten types on its newest day, values set by hand. */
const realisticHead = (random: SeededRandom): Head => {
  const blank = blankProfile(profileId, someTime);
  const names = random.shuffled([
    ...knownEventTypes.filter(type => type !== 'refund'),
    'video_played',
    'quiz_finished',
  ]);
  const events = names.slice(0, 10).flatMap(type =>
    Array.from({ length: 1 + random.below(40) }, () =>
      someEvent({
        type,
        properties: {
          orderId: randomUUID(),
          amount: (1 + random.below(300_000)) / 100,
          ...(random.chance(0.2) ? { currency: 'EUR' } : {}),
        },
        timestamp: iso(someTime + random.below(3_600_000)),
        receivedAt: iso(someTime + 2),
      }),
    ),
  );
  const some = Object.entries(setByHand).filter(() => random.chance(0.5));
  const start = overrideValues(blank.head.counters, Object.fromEntries(some) as ComputedPatch, someTime + 1);
  const changes = orderChanges(ordersIn(events, 'USD'));
  const pages = 1 + random.below(200);
  const today = Math.floor(someTime / 86_400_000);
  return {
    ...blank.head,
    version: 1 + random.below(1_000_000),
    counters: addEvents(start, events, { orderChanges: changes, accountCurrency: 'USD' }),
    ring: Array.from({ length: 64 }, () => random.below(2 ** 31) * 2),
    ringFrom: 1 + random.below(1_000_000),
    pages,
    pageDays: [[today, pages - 1]],
    lastChunk: keys.chunk(profileId, 999_999, `${randomUUID()}-00000`).sk,
  };
};

describe('the item of a head', () => {
  test('has at most 1 KB as DynamoDB counts it, at the 95th percentile', () => {
    const random = seededRandom(1);
    const sizes = Array.from({ length: 200 }, () => itemSizeBytes(headItem(profileId, realisticHead(random))));
    const ordered = sizes.toSorted((left, right) => left - right);
    expect(ordered[Math.floor(ordered.length * 0.95)]).toBeLessThanOrEqual(1024);
  });

  test('is read back as it was', () =>
    fc.assert(
      fc.property(fc.integer(), seed => {
        const head = realisticHead(seededRandom(seed));
        expect(unpackHead(headItem(profileId, head))).toEqual(head);
      }),
      { numRuns: 50 },
    ));

  test('of a profile without anything is read back, too', () => {
    const { head } = blankProfile(profileId, someTime);
    expect(unpackHead(headItem(profileId, head))).toEqual(head);
  });

  test('keeps a type that is named like something that every object has', () => {
    const { head } = blankProfile(profileId, someTime);
    const events = [someEvent({ type: '__proto__' })];
    const counters = addEvents(head.counters, events, { orderChanges: [], accountCurrency: 'USD' });
    const kept = unpackHead(headItem(profileId, { ...head, counters })).counters.newestDay?.types;
    expect(Object.entries(kept ?? {})).toEqual([['__proto__', 1]]);
  });
});
