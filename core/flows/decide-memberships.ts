import type { StoredSegment } from '../contract/segments.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import { decideMembership } from '../engines/segments/decide-membership.ts';
import { matches } from '../language/matches.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { Membership, MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

export interface DecideTools {
  profiles: ProfileStore;
  memberships: MembershipStore;
  now: () => Date;
}

/** What stands about these profiles. */
export type ReadStanding = (profileIds: readonly string[]) => Promise<readonly Membership[]>;

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
  segments: readonly StoredSegment[],
  readStanding: ReadStanding,
  tools: DecideTools,
): Promise<string[]> => {
  let pending = [...new Set(profileIds)];
  for (let round = 0; round < roundsMax && pending.length > 0; round += 1) {
    const states = await tools.profiles.getMany(pending);
    const there = [...states.values()].filter(({ head }) => head.life !== 'erased');
    const standing = await readStanding(there.map(({ id }) => id));
    const lost = await inLanes(there, lanes, async profile => {
      const own = standing.filter(({ profileId }) => profileId === profile.id);
      return (await decideProfile(profile, segments, own, tools)) ? [] : [profile.id];
    });
    pending = lost.flat();
  }
  return pending;
};

/** Tells whether every decision was kept. */
const decideProfile = async (
  profile: ProfileState,
  segments: readonly StoredSegment[],
  standing: readonly Membership[],
  { profiles, memberships, now }: DecideTools,
): Promise<boolean> => {
  const at = now().toISOString();
  const decided =
    profile.head.life === 'live'
      ? segments.map(segment => decideOne(profile, segment, standing, at))
      : standing.map(read => leaveOne(profile, read, at));
  const moves = decided.filter(move => move !== undefined);
  if (moves.length > 0 && !(await wasWhole(profile, profiles))) return false;
  for (const move of moves) {
    if (move === 'outdated' || !(await memberships.decide(move.decision, move.read, profile.head.life))) return false;
  }
  return true;
};

interface Move {
  decision: Membership;
  read: Membership | undefined;
}

/** What is to be written about one segment; `outdated` when a newer definition has decided already. */
const decideOne = (
  profile: ProfileState,
  segment: StoredSegment,
  standing: readonly Membership[],
  at: string,
): Move | 'outdated' | undefined => {
  const read = standing.find(({ segmentId }) => segmentId === segment.id);
  if (read && read.segmentVersion > segment.rulesVersion) return 'outdated';
  const stay = decideMembership(matches(segment.rules, profileView(profile)), read, at);
  if (!stay) return undefined;
  const versions = { profileVersion: profile.head.version, segmentVersion: segment.rulesVersion };
  return { decision: { profileId: profile.id, segmentId: segment.id, ...stay, ...versions }, read };
};

/** Whoever was merged leaves all segments: the one who has gone on is in those that both together fit. */
const leaveOne = (profile: ProfileState, read: Membership, at: string): Move | undefined => {
  const stay = decideMembership(false, read, at);
  const { profileId, segmentId, segmentVersion } = read;
  const profileVersion = profile.head.version;
  return stay && { decision: { profileId, segmentId, ...stay, profileVersion, segmentVersion }, read };
};

/** Head and person cannot be read at one moment: only what is read twice and is the same belonged together. */
const wasWhole = async ({ id, head, person }: ProfileState, profiles: ProfileStore): Promise<boolean> => {
  const again = await profiles.get(id);
  return again?.head.version === head.version && again.person.version === person.version;
};
