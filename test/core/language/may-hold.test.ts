import { describe, expect, test } from 'vitest';
import { profileView } from '../../../core/engines/profiles/profile-view.ts';
import { compile } from '../../../core/language/compile.ts';
import type { Condition } from '../../../core/language/condition.ts';
import { aheadMs, mayHold, saysNothing } from '../../../core/language/may-hold.ts';
import { Slots, type Subject } from '../../../core/language/subject.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { conditionOf, someNow } from '../../verify/segments/random-conditions.ts';
import { personOf } from '../../verify/segments/random-people.ts';

const everybody: Condition = { operator: 'AND', conditions: [] };
const city: Condition = { field: 'attributes.city', operator: '=', value: 'Bern' };
const bought: Condition = { event: 'purchase' };

describe('what is asked of everybody at once', () => {
  test.each<[string, Condition, Condition]>([
    ['a field', city, city],
    ['the opposite of a field', { operator: 'NOT', conditions: [city] }, { operator: 'NOT', conditions: [city] }],
    ['an event', bought, { event: 'purchase', count: { min: 1 } }],
    ['a count', { event: 'purchase', count: { min: 3, max: 5 } }, { event: 'purchase', count: { min: 3 } }],
    ['a sum', { event: 'purchase', sum: { min: 9 } }, { event: 'purchase', count: { min: 1 } }],
    ['at most so many', { event: 'purchase', count: { max: 2 } }, everybody],
    ['absence', { operator: 'NOT', conditions: [bought] }, everybody],
  ])('%s', (_, condition, asked) => expect(mayHold(condition)).toEqual(asked));
});

test.each<[Condition, boolean]>([
  [everybody, true],
  [city, false],
  [{ operator: 'OR', conditions: [city, everybody] }, true],
  [{ operator: 'AND', conditions: [city, everybody] }, false],
])('%j says nothing: %s', (condition, nothing) => expect(saysNothing(condition)).toBe(nothing));

test('whoever a condition holds of, now or by time alone later, is never left out', () => {
  const random = seededRandom(7);
  const people = Array.from({ length: 40 }, (_, number) => personOf(number, random));
  let [held, leftOut] = [0, 0];
  for (let round = 0; round < 400; round += 1) {
    const condition = conditionOf(random, { segments: [] });
    const slots = new Slots();
    const [exact, rough] = [compile(condition, slots), compile(mayHold(condition), slots)];
    for (const { state, events } of people) {
      const subject: Subject = {
        values: slots.valuesIn(profileView(state)),
        events,
        segments: new Set(),
        now: someNow,
      };
      const later = [0, 1, 5, 40].map(days => ({ ...subject, now: someNow + days * 86_400_000 }));
      const may = rough.holds({ ...subject, now: someNow + aheadMs });
      if (later.some(one => exact.holds(one))) {
        held += 1;
        expect(may, JSON.stringify(condition)).toBe(true);
      } else if (!may) leftOut += 1;
    }
  }
  expect([held > 1000, leftOut > 1000]).toEqual([true, true]);
});
