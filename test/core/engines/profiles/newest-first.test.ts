import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Moment, newestFirst } from '../../../../core/engines/profiles/newest-first.ts';

const moment = fc.record({
  at: fc.constantFrom('2026-02-15T12:00:00.000Z', '2026-02-15T12:00:00.001Z', '2026-02-16T00:00:00.000Z'),
  id: fc.string({ minLength: 1, maxLength: 3 }),
});
const moments = fc.uniqueArray(moment, { selector: ({ at, id }) => `${at}#${id}`, maxLength: 30 });

const everyPage = (all: readonly Moment[], limit: number): Moment[] => {
  const seen: Moment[] = [];
  let cursor: string | undefined;
  do {
    const page = newestFirst(all, limit, cursor);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return seen;
};

test('pages of any size name every moment once, newest first', () =>
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 31 }), (all, limit) => {
      const seen = everyPage(all, limit);
      expect(seen).toHaveLength(all.length);
      expect(new Set(seen)).toEqual(new Set(all));
      for (const [index, { at }] of seen.slice(1).entries()) expect(at <= (seen[index]?.at ?? '')).toBe(true);
    }),
  ));

test('what happens meanwhile moves no later page', () =>
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 5 }), (all, limit) => {
      const first = newestFirst(all, limit);
      fc.pre(first.nextCursor !== undefined);
      const later = [...all, { at: '2026-03-01T00:00:00.000Z', id: 'new' }];
      expect(newestFirst(later, limit, first.nextCursor)).toEqual(newestFirst(all, limit, first.nextCursor));
    }),
  ));

test('the order in which they come does not matter', () =>
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 31 }), (all, limit) => {
      expect(newestFirst(all.toReversed(), limit)).toEqual(newestFirst(all, limit));
    }),
  ));
