import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributeChanges } from '../../../../core/engines/profiles/attribute-changes.ts';
import { blankProfile } from '../../../../core/engines/profiles/commit-events.ts';
import { detachIdentifier } from '../../../../core/engines/profiles/detach-identifier.ts';
import { editProfile, type ProfileEdit } from '../../../../core/engines/profiles/edit-profile.ts';
import { personAsOf } from '../../../../core/engines/profiles/person-as-of.ts';
import { personView } from '../../../../core/engines/profiles/profile-view.ts';
import type { NotedChanges } from '../../../../core/model/attribute-change.ts';
import type { ProfileState } from '../../../../core/model/profile-state.ts';

const text = fc.constantFrom('a', 'b', '');
const edit: fc.Arbitrary<ProfileEdit> = fc.record({
  attributes: fc.record(
    {
      city: fc.option(text, { nil: null }),
      firstName: fc.option(text, { nil: null }),
      tags: fc.option(fc.subarray(['x', 'y', 'z']), { nil: null }),
      customFields: fc.option(
        fc.dictionary(fc.constantFrom('plan', 'a.b'), fc.option(fc.oneof(text, fc.integer()), { nil: null })),
        { nil: null },
      ),
    },
    { requiredKeys: [] },
  ),
  identifiers: fc.subarray([
    { type: 'email' as const, value: 'a@example.com' },
    { type: 'email' as const, value: 'b@example.com' },
    { type: 'deviceId' as const, value: 'd-1' },
  ]),
  computed: fc.option(fc.record({ purchaseCount: fc.nat(3) }), { nil: undefined }),
});
const step = fc.oneof(
  { weight: 4, arbitrary: edit },
  { weight: 1, arbitrary: fc.constantFrom('email#a@example.com', 'email#b@example.com', 'deviceId#d-1') },
);

const after = (before: ProfileState, change: ProfileEdit | string, at: number): ProfileState =>
  typeof change === 'string'
    ? (detachIdentifier(before, change, at) ?? before)
    : editProfile(before, change, { at, id: `request-${at}`, source: 'api' });

const shown = ({ person, head }: ProfileState) => [
  personView(person),
  Object.entries(head.counters.overrides).map(([name, { at, value }]) => [name, at, value]),
];

test('whatever was written, every state that a profile was in is found again by what was noted since', () =>
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), steps => {
      let state = editProfile(
        blankProfile('profile-1', 1000),
        { attributes: {}, identifiers: [] },
        { at: 1000, id: 'r', source: 'api' },
      );
      const noted: NotedChanges[] = [];
      const states: [number, ProfileState][] = [[1000, state]];
      for (const [place, change] of steps.entries()) {
        const at = 2000 + place * 1000;
        const next = after(state, change, at);
        const changes = attributeChanges(state, next);
        if (changes.length > 0) noted.unshift({ version: next.head.version, at: next.head.updatedAt, changes });
        state = next;
        states.push([at, state]);
      }
      for (const [at, then] of states) {
        const past = personAsOf({ person: state.person, overrides: state.head.counters.overrides }, noted, at);
        const counters = { ...state.head.counters, overrides: past.overrides };
        expect(shown({ ...state, person: past.person, head: { ...state.head, counters } })).toEqual(shown(then));
      }
    }),
    { numRuns: 300 },
  ));
