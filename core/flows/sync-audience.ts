import type { MessageBody, syncAudience, syncAudienceMember } from '../contract/messages.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { Queue } from '../ports/outlets.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import { syncPart } from './start-parts.ts';
import { endPart, type JobTools, notePlace } from './stored-job.ts';
import { workPages } from './work-pages.ts';

type Message = MessageBody<typeof syncAudience>;

/** The source of a sync that is no segment: everybody who was sent. */
export const recipientsSource = 'recipients';

export interface PeopleTools {
  memberships: MembershipStore;
  recipients: RecipientStore;
}

export interface SyncAudienceTools extends PeopleTools, JobTools {
  queues: {
    syncAudience: Queue<Message>;
    syncAudienceMember: Queue<MessageBody<typeof syncAudienceMember>>;
  };
}

const pageSize = 500;

/**
 * Queues the people of one partition of one source, for as long as there is time; a message goes on from there. A
 * cancelled job ends it; a later activation does not, since it may concern others. What is to be done about each person
 * is decided later, by the audience as it is then.
 */
export const queuePartition = async (message: Message, tools: SyncAudienceTools): Promise<void> => {
  const { syncId, source, partition } = message;
  if ((await tools.jobs.get(syncId))?.status !== 'running') return;
  const left = await workPages(message.after, tools.now, after => queuePage(message, after, tools));
  if (left === undefined) return endPart(syncId, syncPart(source, partition), tools);
  await tools.queues.syncAudience.send([{ ...message, after: left }]);
  await notePlace(syncId, syncPart(source, partition), left, tools);
};

/** Returns where the next page begins. */
const queuePage = async (
  message: Message,
  after: string | undefined,
  tools: SyncAudienceTools,
): Promise<string | undefined> => {
  const { audienceId, platform } = message;
  const { profileIds, next } = await peopleOf(message, pageSize, after, tools);
  const messages = profileIds.map(profileId => ({ audienceId, platform, profileId }));
  await tools.queues.syncAudienceMember.send(messages);
  return next;
};

/** The people of one partition of a source. */
export const peopleOf = async (
  { audienceId, platform, source, partition }: Pick<Message, 'audienceId' | 'platform' | 'source' | 'partition'>,
  limit: number,
  after: string | undefined,
  { memberships, recipients }: PeopleTools,
): Promise<{ profileIds: string[]; next?: string }> => {
  if (source === recipientsSource) return recipients.ofPartition(audienceId, platform, partition, limit, after);
  const { members, ...page } = await memberships.membersOfPartition(source, partition, limit, after);
  return { profileIds: members.map(({ profileId }) => profileId), ...page };
};
