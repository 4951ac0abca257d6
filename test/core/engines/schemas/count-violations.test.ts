import { expect, test } from 'vitest';
import { addViolations, countViolations, noteViolation } from '../../../../core/engines/schemas/count-violations.ts';

const violation = (n: number, schemaVersion = 1) => ({
  ...{ eventId: `event-${n}`, type: 'purchase', schemaVersion },
  faults: [{ path: `properties.p${n}`, reason: 'is missing' }],
});
const at = Date.parse('2026-02-15T12:00:00Z');
const noted = (...violations: ReturnType<typeof violation>[]) => {
  const [first, ...rest] = violations.map(one => noteViolation(undefined, one, at));
  if (!first) throw new Error('there is none');
  return rest.reduce((older, newer) => addViolations(newer, older), first);
};

test('violations are counted, and the last ten told, newest first', () => {
  const many = Array.from({ length: 25 }, (_, n) => violation(n));
  const first = countViolations(undefined, 'purchase', noted(...many.slice(0, 12)));
  const second = countViolations(first, 'purchase', noted(...many.slice(12)));
  expect(second).toMatchObject({
    id: 'purchase',
    version: 2,
    schemaVersion: 1,
    count: 25,
    lastAt: '2026-02-15T12:00:00.000Z',
  });
  expect(second.examples.map(({ eventId }) => eventId)).toEqual(
    many
      .slice(15)
      .toReversed()
      .map(({ eventId }) => eventId),
  );
});

test('a new version of the schema begins anew, and what broke the former one is forgotten', () => {
  const first = countViolations(undefined, 'purchase', noted(violation(1)));
  const second = countViolations(first, 'purchase', noted(violation(2, 2)));
  expect(second).toMatchObject({ version: 2, schemaVersion: 2, count: 1 });
  expect(countViolations(second, 'purchase', noted(violation(3)))).toBe(second);
  expect(noted(violation(4), violation(5, 2), violation(6))).toMatchObject({ schemaVersion: 2, count: 1 });
});
