import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHeldOut } from '../../../../core/engines/activation/is-held-out.ts';

const people = Array.from({ length: 20_000 }, (_, index) => `profile-${String(index).padStart(26, '0')}`);

test.each([1, 5, 10, 50])('%d of a hundred are held back, within what chance allows', percent => {
  const held = people.filter(id => isHeldOut('audience-1', id, percent)).length;
  const expected = (people.length * percent) / 100;
  expect(Math.abs(held - expected)).toBeLessThan(5 * Math.sqrt(expected));
});

test('nobody is held back unless somebody asks for it', () => {
  expect(people.some(id => isHeldOut('audience-1', id, 0))).toBe(false);
});

test('whoever is held back stays so when the share grows', () =>
  fc.assert(
    fc.property(fc.string(), fc.double({ min: 0, max: 50, noNaN: true }), fc.nat(50), (id, percent, more) => {
      if (isHeldOut('audience-1', id, percent)) expect(isHeldOut('audience-1', id, percent + more)).toBe(true);
    }),
  ));

test('another audience holds back others', () => {
  const both = people.filter(id => isHeldOut('audience-1', id, 10) && isHeldOut('audience-2', id, 10)).length;
  expect(both).toBeGreaterThan(100);
  expect(both).toBeLessThan(300);
});
