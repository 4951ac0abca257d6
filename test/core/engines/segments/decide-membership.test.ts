import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideMembership, type Stay } from '../../../../core/engines/segments/decide-membership.ts';

const now = '2026-02-15T12:00:00.000Z';
const earlier = '2026-02-14T12:00:00.000Z';

test.each<[string, boolean, Stay | undefined, Stay | undefined]>([
  ['enters', true, undefined, { member: true, enteredAt: now, exitedAt: undefined }],
  ['stays', true, { member: true, enteredAt: earlier }, undefined],
  ['leaves', false, { member: true, enteredAt: earlier }, { member: false, enteredAt: earlier, exitedAt: now }],
  ['stays out', false, { member: false, enteredAt: earlier, exitedAt: earlier }, undefined],
  ['was never in', false, undefined, undefined],
  [
    'comes back',
    true,
    { member: false, enteredAt: earlier, exitedAt: earlier },
    { member: true, enteredAt: now, exitedAt: earlier },
  ],
])('someone who %s', (_what, matches, standing, expected) => {
  expect(decideMembership(matches, standing, now)).toEqual(expected);
});

test('deciding again changes nothing', () => {
  const stay = fc.option(fc.record({ member: fc.boolean(), enteredAt: fc.constant(earlier) }), { nil: undefined });
  fc.assert(
    fc.property(fc.boolean(), stay, (matches, standing) => {
      const decided = decideMembership(matches, standing, now) ?? standing;
      expect(decideMembership(matches, decided, 'later')).toBeUndefined();
    }),
  );
});
