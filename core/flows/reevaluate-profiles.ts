import type { MessageBody, reevaluateProfile } from '../contract/messages.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Collection } from '../ports/collection.ts';
import { type DecideTools, decideMemberships } from './decide-memberships.ts';
import { isLive } from './segment-indexes.ts';

type Message = MessageBody<typeof reevaluateProfile>;

export interface ReevaluateTools extends DecideTools {
  segments: Collection<StoredSegment>;
}

const roundsMax = 3;
const lanes = 24;

/**
 * Decides all memberships of some profiles that are kept up to date with every change. The definitions are read again afterwards: a decision by one that was
 * replaced meanwhile might have been written behind the back of the new one's evaluation, so it is made again.
 *
 * Returns the messages that shall come again.
 */
export const reevaluateProfiles = async (
  messages: readonly Message[],
  tools: ReevaluateTools,
): Promise<ReadonlySet<Message>> => {
  const ids = messages.map(({ profileId }) => profileId);
  const readStanding = async (profileIds: readonly string[]) =>
    (await inLanes(profileIds, lanes, id => tools.memberships.ofProfile(id))).flat();
  let segments = (await tools.segments.all()).filter(isLive);
  for (let round = 0; round < roundsMax; round += 1) {
    const lost = new Set(await decideMemberships(ids, { segments, areAll: true, readStanding }, tools));
    const now = (await tools.segments.all()).filter(isLive);
    if (sameDefinitions(segments, now)) return new Set(messages.filter(({ profileId }) => lost.has(profileId)));
    segments = now;
  }
  return new Set(messages);
};

/** A definition that only came to be meanwhile is held against everybody by its own evaluation. */
const sameDefinitions = (before: readonly StoredSegment[], after: readonly StoredSegment[]): boolean => {
  const versions = new Map(after.map(({ id, rulesVersion }) => [id, rulesVersion]));
  return before.every(({ id, rulesVersion }) => versions.get(id) === rulesVersion);
};
