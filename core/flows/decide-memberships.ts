import type { StoredSegment } from '../contract/segments.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import { decideMembership } from '../engines/segments/decide-membership.ts';
import { verdicts } from '../engines/segments/segment-index.ts';
import { nextFlip } from '../language/next-flip.ts';
import type { Subject } from '../language/subject.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { FlipTimers } from '../ports/flip-timers.ts';
import type { Membership, MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { type RecentTools, recentEvents } from './recent-events.ts';
import type { IndexedSegments, SegmentIndexes } from './segment-indexes.ts';
import { setFlipTimer } from './set-flip-timer.ts';

export interface DecideTools extends RecentTools {
  profiles: ProfileStore;
  memberships: MembershipStore;
  flipTimers: FlipTimers;
  segmentIndexes: SegmentIndexes;
  now: () => Date;
}

/** What stands about these profiles. */
export type ReadStanding = (profileIds: readonly string[]) => Promise<readonly Membership[]>;

/** What profiles are held against. */
export interface Deciding {
  segments: readonly StoredSegment[];
  /** Are these all that time may change, so that a timer that has gone off can be set anew? */
  areAll: boolean;
  readStanding: ReadStanding;
  /** When (epoch ms) time alone next changes something else about a profile; absent where it changes nothing else. */
  alsoAt?: (profileId: string) => number | undefined;
  /** Is shown every profile as it was read. */
  seen?: (profile: ProfileState) => void;
}

const roundsMax = 8;
const lanes = 24;

/**
 * Holds profiles against segments and keeps what changed. Each profile is read before what stands about it, and a
 * decision is kept only while that profile is as it was read; whoever loses a race reads again. So the last word is
 * always about the newest profile, in whatever order and however often this is asked for.
 *
 * Returns the profiles that lost too many races, or about which a newer definition has decided: to be tried again.
 */
export const decideMemberships = async (
  profileIds: readonly string[],
  deciding: Deciding,
  tools: DecideTools,
): Promise<string[]> => {
  const against = tools.segmentIndexes.of(deciding.segments);
  let pending = [...new Set(profileIds)];
  for (let round = 0; round < roundsMax && pending.length > 0; round += 1) {
    const states = await tools.profiles.getMany(pending);
    const there = [...states.values()].filter(({ head }) => head.life !== 'erased');
    for (const profile of there) deciding.seen?.(profile);
    const standing = await deciding.readStanding(there.map(({ id }) => id));
    const lost = await inLanes(there, lanes, async profile => {
      const own = standing.filter(({ profileId }) => profileId === profile.id);
      const kept =
        profile.head.life === 'live'
          ? decideProfile(profile, against, own, deciding, tools)
          : leaveSegments(profile, own, tools);
      return (await kept) ? [] : [profile.id];
    });
    pending = lost.flat();
  }
  return pending;
};

/** Tells whether every decision was kept. */
const decideProfile = async (
  profile: ProfileState,
  against: IndexedSegments,
  standing: readonly Membership[],
  { areAll, alsoAt }: Deciding,
  tools: DecideTools,
): Promise<boolean> => {
  const { profiles, memberships } = tools;
  const { subject, asked } = await subjectOf(profile, against, standing, tools);
  const holding = against.index.holding(subject);
  const decided = against.segments.map((segment, place) =>
    decideOne({ profile, segment, matches: holding[place] === verdicts.holds, at: subject.now }, standing),
  );
  const moves = decided.filter(move => move !== undefined);
  if (moves.length > 0 && !(await wasWhole(profile, profiles))) return false;
  for (const move of moves) {
    if (move === 'outdated' || !(await memberships.decide(move.decision, move.read))) return false;
  }
  if (moves.length > 0 && !(await handsStand(profile.id, subject, against, memberships))) return false;
  if (!against.index.isTimed && !alsoAt) return true;
  const flips = asked.flatMap(({ isTimed, compiled }) => (isTimed ? (nextFlip(compiled, subject) ?? []) : []));
  const times = [...flips, ...[alsoAt?.(profile.id)].filter(at => at !== undefined)];
  return setFlipTimer(profile, { dueAt: times.length === 0 ? undefined : Math.min(...times), areAll }, tools);
};

/** Reads of a profile what must be known to decide, and no more: its events only where what else is known leaves it open. */
const subjectOf = async (
  profile: ProfileState,
  { index, segments }: IndexedSegments,
  standing: readonly Membership[],
  tools: DecideTools,
) => {
  const values = index.slots.valuesIn(profileView(profile));
  const now = tools.now().getTime();
  const found = index.found(values);
  const asked = index.definitions.filter((_, place) => found[place] !== verdicts.not);
  const backMs = Math.max(0, ...asked.map(({ needs }) => needs.eventsBackMs));
  const types = new Set(asked.flatMap(({ needs }) => [...needs.events]));
  const events = types.size === 0 ? [] : await recentEvents(profile, { since: now - backMs, types }, tools);
  const isKnown = new Set(segments.map(({ id }) => id));
  const hands = standing.filter(({ member, segmentId }) => member && !isKnown.has(segmentId));
  const subject: Subject = { values, events, segments: new Set(hands.map(({ segmentId }) => segmentId)), now };
  return { subject, asked };
};

/** Whoever put somebody into a segment by hand meanwhile may have decided already; what was written here may be older. */
const handsStand = async (
  profileId: string,
  { segments }: Subject,
  { index }: IndexedSegments,
  memberships: MembershipStore,
): Promise<boolean> => {
  const named = new Set(index.definitions.flatMap(({ needs }) => [...needs.segments]));
  if (named.size === 0) return true;
  const now = await memberships.ofProfile(profileId);
  const is = new Set(now.filter(({ member }) => member).map(({ segmentId }) => segmentId));
  return [...named].every(segmentId => is.has(segmentId) === segments.has(segmentId));
};

interface Move {
  decision: Membership;
  read: Membership | undefined;
}

interface Decided {
  profile: ProfileState;
  segment: StoredSegment;
  matches: boolean;
  /** Epoch ms. */
  at: number;
}

/** What is to be written about one segment; `outdated` when a newer definition has decided already. */
const decideOne = (
  { profile, segment, matches, at }: Decided,
  standing: readonly Membership[],
): Move | 'outdated' | undefined => {
  const read = standing.find(({ segmentId }) => segmentId === segment.id);
  if (read && read.segmentVersion > segment.rulesVersion) return 'outdated';
  const stay = decideMembership(matches, read, new Date(at).toISOString());
  if (!stay) return undefined;
  const versions = { profileVersion: profile.head.version, segmentVersion: segment.rulesVersion };
  return { decision: { profileId: profile.id, segmentId: segment.id, ...stay, ...versions }, read };
};

/** Whoever was merged leaves all segments: the one who has gone on is in those that both together fit. */
const leaveSegments = async (
  { head }: ProfileState,
  standing: readonly Membership[],
  { memberships, now }: DecideTools,
): Promise<boolean> => {
  const at = now().toISOString();
  for (const read of standing) {
    const stay = decideMembership(false, read, at);
    const { profileId, segmentId, segmentVersion } = read;
    const decision = stay && { profileId, segmentId, ...stay, profileVersion: head.version, segmentVersion };
    if (decision && !(await memberships.decide(decision, read, head.life))) return false;
  }
  return true;
};

/** Head and person cannot be read at one moment: only what is read twice and is the same belonged together. */
const wasWhole = async ({ id, head, person }: ProfileState, profiles: ProfileStore): Promise<boolean> => {
  const again = await profiles.get(id);
  return again?.head.version === head.version && again.person.version === person.version;
};
