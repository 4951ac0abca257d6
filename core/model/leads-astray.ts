import type { ProfileState } from './profile-state.ts';

/** Whether a live profile that a match key leads to does not have it: the two were read while it changed hands. */
export const leadsAstray = (key: string, owner: ProfileState | undefined): boolean =>
  owner?.head.life === 'live' && !owner.person.identifiers.some(known => known.key === key);
