import type { PersonRecord, ProfileState } from '../../model/profile-state.ts';
import { sameValue } from '../../model/same-value.ts';
import type { TraitValue } from '../../model/trait.ts';
import { isPersonTooLarge } from './profile-size.ts';

type Values = Readonly<Record<string, TraitValue>>;

const personWith = ({ traits: _traits, ...person }: PersonRecord, values: Values, at: number): PersonRecord => ({
  ...person,
  ...(Object.keys(values).length === 0 ? {} : { traits: { ...values } }),
  version: person.version + 1,
  updatedAt: Math.max(person.updatedAt, at),
});

/** Lists are what takes room; a profile that has none left for them goes without. */
const withoutLists = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !Array.isArray(value)));

/** A profile with these traits and no others, calculated at `at` (epoch ms); the very same where it has them already. */
export const withTraits = (before: ProfileState, values: Values, at: number): ProfileState => {
  const wished = personWith(before.person, values, at);
  const fitting = isPersonTooLarge(wished) ? withoutLists(values) : values;
  if (sameValue(before.person.traits ?? {}, fitting)) return before;
  const { id, head } = before;
  return {
    id,
    head: { ...head, version: head.version + 1, updatedAt: Math.max(head.updatedAt, at) },
    person: personWith(before.person, fitting, at),
  };
};
