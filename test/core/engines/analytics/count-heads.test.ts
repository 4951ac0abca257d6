import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countHeads } from '../../../../core/engines/analytics/count-heads.ts';
import { blankProfile } from '../../../../core/engines/profiles/commit-events.ts';
import type { Head, Life } from '../../../../core/model/profile-state.ts';

const nothing = { profiles: 0, events: 0, byDay: {}, watermark: 0 };
const noon = Date.parse('2026-02-15T12:00:00Z');
const dayMilliseconds = 86_400_000;

const headOf = (events: number, { life = 'live' as Life, createdAt = noon, updatedAt = noon } = {}): Head => {
  const { head } = blankProfile('profile-1', createdAt);
  return { ...head, life, updatedAt, counters: { ...head.counters, events } };
};

test('a new profile counts, and so do the events that it was made of', () => {
  expect(countHeads(nothing, [{ before: undefined, after: headOf(3) }], 'UTC')).toEqual({
    profiles: 1,
    events: 3,
    byDay: { '2026-02-15': { profiles: 1, events: 3 } },
    watermark: noon,
  });
});

test('later events count on the day of their commit, the profile on that of its creation', () => {
  const later = noon + dayMilliseconds;
  const changes = [
    { before: undefined, after: headOf(1) },
    { before: headOf(1), after: headOf(5, { updatedAt: later }) },
  ];
  expect(countHeads(nothing, changes, 'UTC')).toEqual({
    profiles: 1,
    events: 5,
    byDay: { '2026-02-15': { profiles: 1, events: 1 }, '2026-02-16': { profiles: 0, events: 4 } },
    watermark: later,
  });
});

test.each(['erased', 'merged'] as const)('a profile that is %s counts no more', life => {
  const changes = [
    { before: undefined, after: headOf(3) },
    { before: headOf(3), after: headOf(3, { life }) },
  ];
  expect(countHeads(nothing, changes, 'UTC')).toMatchObject({ profiles: 0, events: 0 });
});

test('a write that changed nothing counts nothing', () => {
  expect(countHeads(nothing, [{ before: headOf(3), after: headOf(3) }], 'UTC')).toEqual({
    ...nothing,
    watermark: noon,
  });
});

test('the order of changes does not matter, and the sums are those of the profiles that are live in the end', () => {
  const states = fc.array(
    fc.record({ events: fc.nat(9), life: fc.constantFrom<Life>('live', 'erased'), day: fc.nat(3) }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(states, fc.integer(), (given, seed) => {
      const heads = given.map(({ events, life, day }) =>
        headOf(events, { life, updatedAt: noon + day * dayMilliseconds }),
      );
      const changes = heads.map((after, index) => ({ before: heads[index - 1], after }));
      const shuffled = changes.map((change, index) => ({ change, key: Math.sin(seed + index) }));
      shuffled.sort((left, right) => left.key - right.key);
      const counted = countHeads(nothing, changes, 'UTC');
      expect(
        countHeads(
          nothing,
          shuffled.map(({ change }) => change),
          'UTC',
        ),
      ).toEqual(counted);
      const last = heads.at(-1);
      const live = last?.life === 'live';
      expect(counted).toMatchObject({ profiles: live ? 1 : 0, events: live ? last.counters.events : 0 });
    }),
  );
});

test('only the newest 63 days are kept', () => {
  const changes = Array.from({ length: 70 }, (_, day) => ({
    before: headOf(day),
    after: headOf(day + 1, { updatedAt: noon + day * dayMilliseconds }),
  }));
  const { byDay, events } = countHeads(nothing, changes, 'UTC');
  expect(Object.keys(byDay)).toHaveLength(63);
  expect(byDay['2026-04-25']).toEqual({ profiles: 0, events: 1 });
  expect(events).toBe(70);
});
