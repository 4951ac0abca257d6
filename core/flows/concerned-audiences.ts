import type { Audience } from '../contract/audiences.ts';
import type { MessageBody, syncAudienceMember } from '../contract/messages.ts';
import { consentWithdrawn, sentChanges } from '../engines/activation/sent-changes.ts';
import { personView } from '../engines/profiles/profile-view.ts';
import { inLanes } from '../model/in-lanes.ts';
import { consentStatements } from '../model/profile-state.ts';
import type { Commit } from '../ports/commit.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';

type Member = MessageBody<typeof syncAudienceMember>;

interface ConcernedTools {
  memberships: MembershipStore;
  recipients: RecipientStore;
  realTimeSync: boolean;
}

const lanes = 16;

/**
 * Who has to be looked at, at which destination, after these changes: who entered or left a segment of an active
 * audience, and whoever is in one, or was sent, when what is sent of them changed. Where destinations are not kept
 * current, only a consent that was taken back is followed at once, and who is to be left alone.
 */
export const concernedAudiences = async (
  commits: readonly Commit[],
  audiences: readonly Audience[],
  tools: ConcernedTools,
): Promise<Member[]> => {
  const active = audiences.filter(({ syncs }) => syncs.some(sync => sync.active));
  if (active.length === 0) return [];
  const moved = tools.realTimeSync ? commits.flatMap(commit => movedMember(commit, active)) : [];
  const changed = commits.flatMap(commit => changedPerson(commit, tools.realTimeSync));
  const held = await inLanes([...new Set(changed)], lanes, profileId => holdersOf(profileId, active, tools));
  return [...moved, ...held.flat()];
};

const movedMember = (commit: Commit, active: readonly Audience[]): Member[] => {
  if (commit.kind !== 'membership' || (commit.before?.member ?? false) === (commit.after?.member ?? false)) return [];
  const { segmentId = '', profileId = '' } = commit.after ?? commit.before ?? {};
  return active
    .filter(({ segmentIds, excludeSegmentIds = [] }) => [...segmentIds, ...excludeSegmentIds].includes(segmentId))
    .flatMap(audience => membersAt(audience, profileId));
};

const membersAt = ({ id, syncs }: Audience, profileId: string): Member[] =>
  syncs.filter(({ active }) => active).map(({ platform }) => ({ audienceId: id, platform, profileId }));

const changedPerson = (commit: Commit, realTimeSync: boolean): string[] => {
  if (commit.kind === 'suppression') return [commit.profileId];
  if (commit.kind === 'head') return isMerged(commit) ? [commit.profileId] : [];
  if (commit.kind !== 'person' || !commit.before || !commit.after) return [];
  const [before, after] = [personView(commit.before), personView(commit.after)];
  const isSaid = realTimeSync && consentStatements(commit.before, commit.after).length > 0;
  return isSaid || (realTimeSync ? sentChanges : consentWithdrawn)(before, after) ? [commit.profileId] : [];
};

/** Whoever is a part of another from now on is told of by that one alone. */
const isMerged = ({ before, after }: Commit & { kind: 'head' }): boolean =>
  before?.life === 'live' && after?.life === 'merged';

/** The audiences that a person is in, or was sent to. Whoever enters one later is followed by that change. */
const holdersOf = async (
  profileId: string,
  active: readonly Audience[],
  { memberships, recipients }: ConcernedTools,
): Promise<Member[]> => {
  const [stays, sent] = await Promise.all([memberships.ofProfile(profileId), recipients.ofProfile(profileId)]);
  const segmentIds = new Set(stays.filter(({ member }) => member).map(({ segmentId }) => segmentId));
  const audienceIds = new Set(sent.map(({ audienceId }) => audienceId));
  return active
    .filter(({ id, segmentIds: own }) => audienceIds.has(id) || own.some(segmentId => segmentIds.has(segmentId)))
    .flatMap(audience => membersAt(audience, profileId));
};
