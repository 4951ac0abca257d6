import type { ProfileState } from '../model/profile-state.ts';
import { type ContinueTools, continueMerge } from './continue-merge.ts';

/** Goes on with what others have begun with these profiles, and nobody but them may go on with: they may be gone. */
export const finishOthers = async (states: readonly ProfileState[], tools: ContinueTools): Promise<void> => {
  const held = new Set(states.flatMap(({ head }) => head.hold ?? []));
  for (const mergeId of held) await continueMerge(mergeId, tools);
};
