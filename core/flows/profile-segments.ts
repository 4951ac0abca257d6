import type { StoredSegment } from '../contract/segments.ts';
import { computedValues } from '../engines/profiles/computed-values.ts';
import { groupOf, scoreOf } from '../engines/segments/rfm-scores.ts';
import { describe } from '../language/describe.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { rfmCutsId, type StoredRfmCuts } from '../model/rfm-cuts.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';
import { ownCondition } from './resolve-segment.ts';
import { instantText, staysAt } from './stays-at.ts';

interface ProfileSegmentsTools {
  profiles: ProfileStore;
  segments: Collection<StoredSegment>;
  memberships: MembershipStore;
  rfmCuts: Collection<StoredRfmCuts>;
}

/**
 * The segments that somebody is in, or was at an instant (ISO 8601), newest first, with the rules in words; and their
 * scores now. @throws Problem `NOT_FOUND`
 */
export const profileSegments = async (id: string, asOf: string | undefined, tools: ProfileSegmentsTools) => {
  const profile = await liveProfile(id, tools.profiles);
  const at = instantText(asOf ?? '9999-12-31T23:59:59.999Z');
  const [standing, past, segments, cuts] = await Promise.all([
    tools.memberships.ofProfile(profile.id),
    tools.memberships.pastStays(profile.id),
    tools.segments.all(),
    tools.rfmCuts.get(rfmCutsId),
  ]);
  const items = staysAt(standing, past, at)
    .flatMap(({ segmentId, enteredAt }) => {
      const segment = segments.find(one => one.id === segmentId);
      return segment ? [{ segmentId, name: segment.name, enteredAt, reason: reasonOf(segment) }] : [];
    })
    .sort((left, right) => (left.enteredAt < right.enteredAt ? 1 : -1));
  const rfm = cuts && scoresOf(profile, cuts);
  return { items, ...(rfm ? { rfm } : {}) };
};

const reasonOf = (segment: StoredSegment): string => {
  const condition = ownCondition(segment);
  return condition ? describe(condition) : 'was put into it by hand';
};

const scoresOf = ({ head }: ProfileState, cuts: StoredRfmCuts) => {
  const { lastPurchaseDate, purchaseCount, ltv } = computedValues(head.counters);
  if (lastPurchaseDate === undefined || purchaseCount < 1) return undefined;
  const recency = scoreOf(Date.parse(lastPurchaseDate), cuts.recency);
  const frequency = scoreOf(purchaseCount, cuts.frequency);
  const monetary = scoreOf(ltv, cuts.monetary);
  return { recency, frequency, monetary, group: groupOf(recency, frequency, monetary), cutAt: cuts.at };
};
