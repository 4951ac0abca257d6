import { expect, test } from 'vitest';
import { begunBy } from '../../../../core/engines/profiles/begun-by.ts';
import { blankProfile } from '../../../../core/engines/profiles/commit-events.ts';

const [eleven, noon, one] = [11, 12, 13].map(hour => Date.UTC(2026, 1, 15, hour)) as [number, number, number];

test('what was committed before everything that is known makes a profile older', () => {
  const { head, person } = begunBy(blankProfile('profile-1', noon), eleven);
  expect([head.createdAt, person.updatedAt]).toEqual([eleven, eleven]);
});

test('whoever has said something since was changed then', () => {
  const blank = blankProfile('profile-1', noon);
  const spoken = { at: noon, id: 'message-1', source: 'event' };
  const known = { ...blank, person: { ...blank.person, provenance: { city: spoken } } };
  expect(begunBy(known, eleven).person.updatedAt).toBe(noon);
  const changed = { ...known, person: { ...known.person, updatedAt: one } };
  expect(begunBy(changed, eleven)).toMatchObject({ head: { createdAt: eleven }, person: { updatedAt: one } });
});

test('what comes later changes nothing', () => {
  const known = blankProfile('profile-1', noon);
  expect([begunBy(known, noon), begunBy(known, one)]).toEqual([known, known]);
});
