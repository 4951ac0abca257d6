import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSeen, countActivity, countsOfMinute, type Seen } from '../../../../core/engines/sources/count-activity.ts';
import type { SourceActivity } from '../../../../core/model/source-activity.ts';

const noon = Date.parse('2026-02-15T12:00:00Z');
const seen = (seconds: number, accepted = 1, more: Partial<Seen> = {}): Seen => ({
  counts: { accepted, rejected: 0, quarantined: 0, violations: 0 },
  at: noon + seconds * 1_000,
  ...more,
});
const counted = (all: readonly Seen[]): SourceActivity | undefined =>
  all.reduce<SourceActivity | undefined>((before, one) => countActivity(before, 'key-1', one), undefined);

test('everything is counted for good, and the last minute apart', () => {
  const activity = counted([seen(0, 5), seen(30, 7), seen(59, 11)]);
  expect(activity).toMatchObject({ version: 3, counts: { accepted: 23 }, lastSeenAt: '2026-02-15T12:00:59.000Z' });
  const minuteAt = (seconds: number) => countsOfMinute(activity ?? { recent: {} }, noon + seconds * 1_000).accepted;
  expect([minuteAt(59), minuteAt(69), minuteAt(89), minuteAt(100), minuteAt(120), minuteAt(3_600)]).toEqual([
    23, 18, 18, 11, 0, 0,
  ]);
});

test('the last error is told, whatever else came since', () => {
  const error = (at: string) => ({ at, path: 'timestamp', reason: 'is wrong' });
  const activity = counted([seen(0, 1, { error: error('b') }), seen(1, 1, { error: error('a') }), seen(2)]);
  expect(activity?.lastError).toEqual(error('b'));
});

test('only the last seconds are kept apart', () => {
  const activity = counted(Array.from({ length: 100 }, (_, n) => seen(n * 10)));
  expect(Object.keys(activity?.recent ?? {})).toHaveLength(7);
});

test('counts do not depend on the order, nor on what was added up before', () =>
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }), places => {
      const all = places.map(place => seen(place));
      const [one, other] = [counted(all), counted(all.toReversed())];
      const together = countActivity(
        undefined,
        'key-1',
        all.map((each): Seen | undefined => each).reduce(addSeen) ?? seen(0),
      );
      expect(other).toEqual(one);
      expect(together).toMatchObject({ counts: one?.counts, lastSeenAt: one?.lastSeenAt });
    }),
  ));
