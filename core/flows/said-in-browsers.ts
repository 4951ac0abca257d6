import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

/** What makes people look alike. */
const compared = ['firstName', 'lastName', 'birthDate', 'city', 'postalCode'];

/**
 * Was anything that two people have in common said with a key that stands in browsers? With such a key anybody may give
 * himself the name and the birth date of somebody else; events tell for as long as they are kept.
 */
export const wasSaidInBrowsers = async (
  states: readonly ProfileState[],
  profiles: Pick<ProfileStore, 'events'>,
): Promise<boolean> => {
  for (const state of states) {
    const sayings = new Set(compared.flatMap(name => state.person.provenance[name]?.id ?? []));
    if (sayings.size === 0) continue;
    const events = await profiles.events(state);
    if (events.some(({ byWriteKey, messageId }) => byWriteKey === true && sayings.has(messageId))) return true;
  }
  return false;
};
