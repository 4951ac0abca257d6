import type { Head } from '../../model/profile-state.ts';

/** What has happened to a profile as a whole, by its heads before and after; `undefined` where it lives on. */
export const lifeFact = (before: Head | undefined, after: Head | undefined) => {
  if (after?.life === before?.life || after === undefined) return undefined;
  if (after.life === 'merged') return 'profile.merged' as const;
  if (after.life === 'erased') return 'profile.erased' as const;
  return before === undefined ? ('profile.created' as const) : ('profile.unmerged' as const);
};
