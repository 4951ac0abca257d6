import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankProfile } from '../../../../core/engines/profiles/commit-events.ts';
import { editProfile, type ProfileEdit } from '../../../../core/engines/profiles/edit-profile.ts';
import { profileView } from '../../../../core/engines/profiles/profile-view.ts';
import { updateEdit } from '../../../../core/engines/profiles/update-edit.ts';
import type { ProfileState } from '../../../../core/model/profile-state.ts';

const now = Date.parse('2026-02-15T12:00:00.000Z');
const blank = blankProfile('profile-1', now);
const by = (at: number, id = 'request-1') => ({ at, id, source: 'api' });
const edited = (before: ProfileState, edit: Partial<ProfileEdit>, at = now) =>
  editProfile(before, { attributes: {}, identifiers: [], ...edit }, by(at));
const created = edited(blank, { attributes: { city: 'London', tags: ['a'] }, consent: { email: true } });

test('a new profile is written even when nothing is known of it', () => {
  const { head, person } = edited(blank, {});
  expect([head.version, person.version]).toEqual([1, 1]);
});

test('an edit that says nothing is the very same state', () => {
  expect(edited(created, {})).toBe(created);
  expect(edited(created, { attributes: { city: undefined }, consent: {} })).toBe(created);
});

test('every edit wins over what it was decided on, whatever its clock says', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -9_999, max: 9_999 }), fc.string()), { minLength: 1 }), edits => {
      let state = created;
      for (const [skew, city] of edits) {
        state = edited(state, { attributes: { city, customFields: { city } }, consent: { email: false } }, now + skew);
        expect(state.person.attributes).toMatchObject({ city, customFields: { city } });
      }
      expect(state.head.version).toBe(created.head.version + edits.length);
      expect(state.person.consent.email?.granted).toBe(false);
    }),
  ));

test('values set by hand alone leave the person as it is', () => {
  const after = edited(created, { computed: { ltv: '12.5', purchaseCount: 2 } });
  expect(after.person).toBe(created.person);
  expect(profileView(after).computed).toMatchObject({ ltv: 12.5, purchaseCount: 2, aov: 6.25 });
});

test('identifiers that identify nobody are not taken', () => {
  const identifiers = [
    { type: 'email' as const, value: 'noreply@example.com' },
    { type: 'customerId' as const, value: 'C-1' },
  ];
  expect(edited(created, { identifiers }).person.identifiers.map(({ key }) => key)).toEqual(['customerId#C-1']);
});

describe('refuses with 422', () => {
  test.each<[string, Partial<ProfileEdit>, string]>([
    [
      'more than 90 identifiers',
      { identifiers: Array.from({ length: 91 }, (_, n) => ({ type: 'cookie', value: `c-${n}` })) },
      'body.externalIds',
    ],
    [
      'more than an item can hold',
      {
        attributes: {
          customFields: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n}`, 'ü'.repeat(4000)])),
        },
      },
      'body',
    ],
  ])('%s', (_name, edit, path) => {
    expect(() => edited(created, edit)).toThrowError(
      expect.objectContaining({ code: 'VALIDATION_FAILED', details: [expect.objectContaining({ path })] }),
    );
  });
});

describe('updateEdit', () => {
  const known = edited(blank, { attributes: { email: 'a@example.com', country: 'DE' } });

  test('a national number is read by the country that is known', () => {
    const { identifiers } = updateEdit({ attributes: { phone: '030 901820' } }, known);
    expect(identifiers).toContainEqual({ type: 'phone', value: '+4930901820' });
  });

  test('an address named as an identifier becomes an attribute only where there is none', () => {
    const body = { externalIds: { email: 'b@example.com' } };
    expect(updateEdit(body, known).attributes.email).toBeUndefined();
    expect(updateEdit(body, blank).attributes.email).toBe('b@example.com');
    expect(updateEdit(body, known).identifiers).toEqual([{ type: 'email', value: 'b@example.com' }]);
  });

  test('an identifier that identifies nobody is refused', () => {
    expect(() => updateEdit({ externalIds: { deviceIds: ['undefined'] } }, known)).toThrowError(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }),
    );
  });
});
