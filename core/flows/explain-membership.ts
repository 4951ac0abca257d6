import type { StoredSegment } from '../contract/segments.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import { notFound } from '../errors.ts';
import { type Explanation, explain } from '../language/explain.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import { liveProfile } from './live-profile.ts';
import { type RecentTools, recentEvents } from './recent-events.ts';
import type { SegmentIndexes } from './segment-indexes.ts';

export interface ExplainTools extends RecentTools {
  segments: Collection<StoredSegment>;
  memberships: MembershipStore;
  segmentIndexes: SegmentIndexes;
}

/** Why somebody is in a segment, or not. */
export interface ExplainedMembership extends Explanation {
  profileId: string;
  segmentId: string;
  /** What stands, which may be a few seconds behind what holds. */
  member: boolean;
  enteredAt?: string;
  exitedAt?: string;
  /** ISO 8601: what holds was asked then. */
  asOf: string;
}

/**
 * Asks the evaluator itself, and tells of every condition what it saw.
 *
 * @throws Problem `NOT_FOUND`
 */
export const explainMembership = async (
  segmentId: string,
  profileId: string,
  tools: ExplainTools,
): Promise<ExplainedMembership> => {
  const [segment, profile] = await Promise.all([tools.segments.get(segmentId), liveProfile(profileId, tools.profiles)]);
  if (!segment) throw notFound('Segment', segmentId);
  const standing = await tools.memberships.ofProfile(profile.id);
  const { index } = tools.segmentIndexes.of([segment]);
  const [definition] = index.definitions;
  if (!definition) throw notFound('Segment', segmentId);
  const { compiled, needs } = definition;
  const now = tools.now().getTime();
  const asked = { since: now - needs.eventsBackMs, types: needs.events };
  const events = needs.events.size === 0 ? [] : await recentEvents(profile, asked, tools);
  const segments = new Set(standing.filter(({ member }) => member).map(({ segmentId: id }) => id));
  const subject = { values: index.slots.valuesIn(profileView(profile)), events, segments, now };
  const stay = standing.find(({ segmentId: id }) => id === segmentId);
  const times = {
    ...(stay ? { enteredAt: stay.enteredAt } : {}),
    ...(stay?.exitedAt ? { exitedAt: stay.exitedAt } : {}),
  };
  const ids = { profileId: profile.id, segmentId, member: stay?.member ?? false };
  return { ...ids, ...times, ...explain(compiled, subject), asOf: new Date(now).toISOString() };
};
