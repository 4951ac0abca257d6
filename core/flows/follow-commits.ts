import type { Audience } from '../contract/audiences.ts';
import type {
  MessageBody,
  matchProfile,
  reevaluateProfile,
  sweepProfile,
  syncAudienceMember,
} from '../contract/messages.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { streamConsumers } from '../contract/workers.ts';
import { headView, personView } from '../engines/profiles/profile-view.ts';
import { headMayFlip, personMayFlip } from '../engines/segments/profile-flips.ts';
import type { Group } from '../language/condition.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { Collection } from '../ports/collection.ts';
import type { Commit } from '../ports/commit.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { Queue } from '../ports/outlets.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import type { Cached } from './cached.ts';
import { concernedAudiences } from './concerned-audiences.ts';
import { type Definitions, settleSeconds } from './definitions.ts';
import { profilesToMatch } from './profiles-to-match.ts';
import { type PartQueues, startParts } from './start-parts.ts';
import type { StoredJob } from './stored-job.ts';
import { type TellTools, tellWebhooks } from './tell-webhooks.ts';

type Member = MessageBody<typeof syncAudienceMember>;

export interface FollowTools extends TellTools {
  definitions: Cached<Definitions>;
  jobs: Collection<StoredJob>;
  memberships: MembershipStore;
  recipients: RecipientStore;
  identityConfig: Cached<IdentityConfig>;
  realTimeSync: boolean;
  queues: PartQueues &
    TellTools['queues'] & {
      reevaluateProfile: Queue<MessageBody<typeof reevaluateProfile>>;
      syncAudienceMember: Queue<Member>;
      sweepProfile: Queue<MessageBody<typeof sweepProfile>>;
      matchProfile: Queue<MessageBody<typeof matchProfile>>;
    };
}

/**
 * Queues whatever follows from committed changes. It writes nothing itself: a batch that comes again queues the same
 * messages again, and whoever takes them changes nothing the second time.
 */
export const followCommits = async (commits: readonly Commit[], tools: FollowTools): Promise<void> => {
  if (commits.length === 0) return;
  if (commits.some(commit => commit.kind === 'document' && commit.document !== 'job')) tools.definitions.drop();
  const { segments, audiences } = await tools.definitions.get();
  await startJobs(commits, tools);
  await tools.queues.reevaluateProfile.send(reevaluations(commits, segments));
  await tools.queues.syncAudienceMember.send(await memberSyncs(commits, audiences, tools));
  const toMatch = profilesToMatch(commits, await tools.identityConfig.get());
  await tools.queues.matchProfile.send(toMatch.map(profileId => ({ profileId })));
  await sweepErased(commits, tools);
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

const reevaluations = (commits: readonly Commit[], segments: readonly StoredSegment[]) => {
  const versions = new Map<string, number>();
  for (const commit of commits) {
    if (commit.kind !== 'head' && commit.kind !== 'person') continue;
    const version = commit.kind === 'head' ? (commit.after?.version ?? 0) : 0;
    const known = versions.get(commit.profileId);
    const mayFlip = known === undefined ? flipOf(commit) : undefined;
    if (known === undefined && !segments.some(({ rules }) => mayFlip?.(rules))) continue;
    versions.set(commit.profileId, Math.max(version, known ?? 0));
  }
  return [...versions].map(([profileId, version]) => ({ profileId, version }));
};

/** Tells of rules whether the change may flip them; `undefined` for a change that cannot flip any. */
const flipOf = (commit: Commit & { kind: 'head' | 'person' }): ((rules: Group) => boolean) | undefined =>
  commit.kind === 'head' ? headFlip(commit) : personFlip(commit);

const headFlip = ({ before, after }: Pick<Commit & { kind: 'head' }, 'before' | 'after'>) => {
  if (after?.life !== 'live') return undefined;
  const [was, is] = [before?.life === 'live' ? headView(before) : undefined, headView(after)];
  return (rules: Group) => headMayFlip(rules, was, is);
};

/** A new profile is decided by its head alone: its person came to be in the same transaction. */
const personFlip = ({ before, after }: Pick<Commit & { kind: 'person' }, 'before' | 'after'>) => {
  if (!before || !after) return undefined;
  const [was, is] = [personView(before), personView(after)];
  return (rules: Group) => personMayFlip(rules, was, is);
};

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

/** A profile worker that was under way at the erasure may still put an item until its time is over. */
const sweepAgainSeconds = 2 * Math.max(...streamConsumers.map(({ timeoutSeconds }) => timeoutSeconds)) + 30;

const sweepErased = async (commits: readonly Commit[], { queues }: FollowTools): Promise<void> => {
  const erased = commits.flatMap(commit =>
    commit.kind === 'head' && commit.after?.life === 'erased' && commit.before?.life !== 'erased'
      ? [{ profileId: commit.profileId }]
      : [],
  );
  await queues.sweepProfile.send(erased);
  await queues.sweepProfile.send(erased, sweepAgainSeconds);
};
