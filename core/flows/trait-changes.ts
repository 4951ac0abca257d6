import { headView, personView } from '../engines/profiles/profile-view.ts';
import { foldedTypes } from '../engines/segments/folded-types.ts';
import type { TraitNeeds } from '../engines/traits/calculate-traits.ts';
import { readPath } from '../language/read-path.ts';
import { sameValue } from '../model/same-value.ts';
import type { Commit } from '../ports/commit.ts';

type Of<Kind extends Commit['kind']> = Commit & { kind: Kind };

/** May a change of a profile change a trait of it? Says no only when that is certain. */
export const mayChangeTraits = (commit: Of<'head'> | Of<'person'>, needs: TraitNeeds): boolean =>
  commit.kind === 'head' ? headMay(commit, needs) : personMay(commit, needs);

const headMay = ({ before, after }: Of<'head'>, needs: TraitNeeds): boolean => {
  if (after?.life !== 'live') return false;
  const isAsked = needs.events.size > 0 || needs.fields.length > 0;
  const was = before?.life === 'live' ? before : undefined;
  if (!was || !sameValue(was.members, after.members)) return isAsked;
  const types = foldedTypes(was.counters, after.counters);
  if (types === 'unknown' ? needs.events.size > 0 : [...types].some(type => needs.events.has(type))) return true;
  return differ(headView(was), headView(after), needs);
};

/** A new profile is told by its head. */
const personMay = ({ before, after }: Of<'person'>, needs: TraitNeeds): boolean =>
  before !== undefined && after !== undefined && differ(personView(before), personView(after), needs);

const differ = (before: object, after: object, { fields }: TraitNeeds): boolean =>
  fields.some(field => !sameValue(readPath(before, field), readPath(after, field)));
