import type { ProfileState } from '../../model/profile-state.ts';

/** The profile without what it is known by under a match key, at `at` (epoch ms); `undefined` where it is not. */
export const detachIdentifier = (before: ProfileState, key: string, at: number): ProfileState | undefined => {
  const { head, person } = before;
  const identifiers = person.identifiers.filter(identifier => identifier.key !== key);
  if (identifiers.length === person.identifiers.length) return undefined;
  const updatedAt = Math.max(person.updatedAt, at);
  return {
    id: before.id,
    head: { ...head, version: head.version + 1, updatedAt: Math.max(head.updatedAt, at) },
    person: { ...person, version: person.version + 1, identifiers, updatedAt },
  };
};
