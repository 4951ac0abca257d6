import type { Audience } from '../contract/audiences.ts';
import type {
  continueMerge,
  followConsent,
  MessageBody,
  matchProfile,
  reevaluateProfile,
  sweepProfile,
  syncAudienceMember,
} from '../contract/messages.ts';
import { headView, personView } from '../engines/profiles/profile-view.ts';
import { foldedTypes } from '../engines/segments/folded-types.ts';
import { mayFlip, type ProfileChange } from '../engines/segments/may-flip.ts';
import { type TraitNeeds, TraitSet } from '../engines/traits/calculate-traits.ts';
import { withdrawingSources } from '../model/consent-source.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import { consentStatements } from '../model/profile-state.ts';
import { sameValue } from '../model/same-value.ts';
import type { Collection } from '../ports/collection.ts';
import type { Commit } from '../ports/commit.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { Queue } from '../ports/outlets.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import type { Cached } from './cached.ts';
import { concernedAudiences } from './concerned-audiences.ts';
import { type Definitions, settleSeconds } from './definitions.ts';
import { profilesToMatch } from './profiles-to-match.ts';
import { type IndexedSegments, isLive, type SegmentIndexes } from './segment-indexes.ts';
import { type PartQueues, startParts } from './start-parts.ts';
import type { StoredJob } from './stored-job.ts';
import { sweepAgainSeconds } from './sweep-again-seconds.ts';
import { type TellTools, tellWebhooks } from './tell-webhooks.ts';
import { mayChangeTraits } from './trait-changes.ts';
import { nobody } from './webhook-nobody.ts';

type Member = MessageBody<typeof syncAudienceMember>;

export interface FollowTools extends TellTools {
  definitions: Cached<Definitions>;
  jobs: Collection<StoredJob>;
  memberships: MembershipStore;
  recipients: RecipientStore;
  identityConfig: Cached<IdentityConfig>;
  realTimeSync: boolean;
  segmentIndexes: SegmentIndexes;
  now: () => Date;
  queues: PartQueues &
    TellTools['queues'] & {
      reevaluateProfile: Queue<MessageBody<typeof reevaluateProfile>>;
      syncAudienceMember: Queue<Member>;
      sweepProfile: Queue<MessageBody<typeof sweepProfile>>;
      followConsent: Queue<MessageBody<typeof followConsent>>;
      matchProfile: Queue<MessageBody<typeof matchProfile>>;
      continueMerge: Queue<MessageBody<typeof continueMerge>>;
    };
}

/**
 * Queues whatever follows from committed changes. It writes nothing itself: a batch that comes again queues the same
 * messages again, and whoever takes them changes nothing the second time.
 */
export const followCommits = async (commits: readonly Commit[], tools: FollowTools): Promise<void> => {
  if (commits.length === 0) return;
  if (commits.some(commit => commit.kind === 'document' && commit.document !== 'job')) tools.definitions.drop();
  const { segments, audiences, traits } = await tools.definitions.get();
  await startJobs(commits, tools);
  const against = { ...tools.segmentIndexes.of(segments.filter(isLive)), traits: new TraitSet(traits).needs };
  await tools.queues.reevaluateProfile.send(reevaluations(commits, against, tools.now().getTime()));
  await tools.queues.syncAudienceMember.send(await memberSyncs(commits, audiences, tools));
  const toMatch = profilesToMatch(commits, await tools.identityConfig.get());
  await tools.queues.matchProfile.send(toMatch.map(profileId => ({ profileId })));
  await sweepErased(commits, tools);
  await tools.queues.followConsent.send(consentNews(commits));
  await continueMerges(commits, tools);
  await tellWebhooks(commits, tools);
};

/** A job comes into being together with what it works on, and its work begins here. */
const startJobs = async (commits: readonly Commit[], { jobs, queues }: FollowTools): Promise<void> => {
  for (const commit of commits) {
    if (commit.kind !== 'document' || commit.document !== 'job' || !commit.isNew) continue;
    const job = await jobs.get(commit.id);
    if (job?.status === 'running') await startParts(job, queues, settleSeconds);
  }
};

/** What profiles are held against, and what their traits are made of. */
type Against = IndexedSegments & { traits: TraitNeeds };

const reevaluations = (commits: readonly Commit[], { index, traits }: Against, now: number) => {
  const byHand = new Set(index.definitions.flatMap(({ needs }) => [...needs.segments]));
  const versions = new Map<string, number>();
  const note = (profileId: string, version: number) =>
    versions.set(profileId, Math.max(version, versions.get(profileId) ?? 0));
  for (const commit of commits) {
    if (commit.kind === 'membership') {
      const { segmentId = '', profileId = '' } = commit.after ?? commit.before ?? {};
      if (byHand.has(segmentId)) note(profileId, 0);
    }
    if (commit.kind !== 'head' && commit.kind !== 'person') continue;
    if (commit.kind === 'head' && isJoined(commit)) note(commit.profileId, commit.after?.version ?? 0);
    const change = versions.has(commit.profileId) ? undefined : changeOf(commit, now);
    const follows = (change && mayFlip(index, change)) || mayChangeTraits(commit, traits);
    if (!versions.has(commit.profileId) && !follows) continue;
    note(commit.profileId, commit.kind === 'head' ? (commit.after?.version ?? 0) : 0);
  }
  return [...versions].map(([profileId, version]) => ({ profileId, version }));
};

type HeadCommit = Pick<Commit & { kind: 'head' }, 'before' | 'after'>;

/** Whoever was merged is in no segment any more. */
const isJoined = ({ before, after }: HeadCommit): boolean => after?.life === 'merged' && before?.life === 'live';

/** Which parts of a profile one of its items tells. */
const headRoots: ReadonlySet<string> = new Set(['computed', 'createdAt']);
const personRoots: ReadonlySet<string> = new Set(['attributes', 'consent', 'externalIds', 'traits']);

/** What segments are told of a change; `undefined` for one that cannot flip any. */
const changeOf = (commit: Commit & { kind: 'head' | 'person' }, now: number): ProfileChange | undefined =>
  commit.kind === 'head' ? headChange(commit, now) : personChange(commit, now);

const headChange = ({ before, after }: HeadCommit, now: number): ProfileChange | undefined => {
  if (after?.life !== 'live') return undefined;
  const was = before?.life === 'live' ? before : undefined;
  const isSame = sameValue(was?.members, after.members);
  const events = isSame ? foldedTypes(was?.counters, after.counters) : 'unknown';
  return { roots: headRoots, before: was && headView(was), after: headView(after), events, now };
};

const none: ReadonlySet<string> = new Set();
type PersonCommit = Pick<Commit & { kind: 'person' }, 'before' | 'after'>;

/** A new profile is decided by its head alone: its person came to be in the same transaction. */
const personChange = ({ before, after }: PersonCommit, now: number): ProfileChange | undefined =>
  before && after
    ? { roots: personRoots, before: personView(before), after: personView(after), events: none, now }
    : undefined;

const memberSyncs = async (
  commits: readonly Commit[],
  audiences: readonly Audience[],
  tools: FollowTools,
): Promise<Member[]> => {
  const found = await concernedAudiences(commits, audiences, tools);
  return [
    ...new Map(found.map(member => [`${member.audienceId} ${member.platform} ${member.profileId}`, member])).values(),
  ];
};

/** Who took e-mail back by unsubscribing or complaining, and who newly agreed to tracking. */
const consentNews = (commits: readonly Commit[]) => {
  const news = commits.flatMap(commit => {
    if (commit.kind !== 'person' || !commit.after) return [];
    const statements = consentStatements(commit.before ?? nobody, commit.after);
    const follows = statements.some(
      ({ source, changes }) => changes.tracking === true || (changes.email === false && withdrawingSources.has(source)),
    );
    return follows ? [commit.profileId] : [];
  });
  return [...new Set(news)].map(profileId => ({ profileId }));
};

const sweepErased = async (commits: readonly Commit[], { queues }: FollowTools): Promise<void> => {
  const erased = commits.flatMap(commit =>
    commit.kind === 'head' && commit.after?.life === 'erased' && commit.before?.life !== 'erased'
      ? [{ profileId: commit.profileId }]
      : [],
  );
  await queues.sweepProfile.send(erased);
  await queues.sweepProfile.send(erased, sweepAgainSeconds);
};

/** Whoever has begun a merge that takes several steps has this long to finish it. */
const continueAfterSeconds = 60;

/** What was undone is tidied up twice, as after an erasure: a worker may have been under way. */
const continueMerges = async (commits: readonly Commit[], { queues }: FollowTools): Promise<void> => {
  const inStatus = (...wanted: string[]) =>
    commits.flatMap(commit =>
      commit.kind === 'merge' && wanted.includes(commit.status) ? [{ mergeId: commit.mergeId }] : [],
    );
  await queues.continueMerge.send(inStatus('merging', 'unmerging'), continueAfterSeconds);
  await queues.continueMerge.send(inStatus('unmerged'));
  await queues.continueMerge.send(inStatus('unmerged'), sweepAgainSeconds);
};
