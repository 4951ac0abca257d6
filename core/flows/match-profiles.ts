import type { MessageBody, matchProfile as message } from '../contract/messages.ts';
import { type MatchProfileTools, matchProfile } from './match-profile.ts';

type Message = MessageBody<typeof message>;

/**
 * Looks for the same person as each of some profiles, one after the other: what is joined with the first is not asked
 * about with the next.
 */
export const matchProfiles = async (messages: readonly Message[], tools: MatchProfileTools): Promise<undefined> => {
  const ids = new Set(messages.map(({ profileId }) => profileId));
  for (const id of ids) await matchProfile(id, tools);
  return undefined;
};
