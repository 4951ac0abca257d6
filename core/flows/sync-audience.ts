import type { MessageBody, syncAudience, syncAudienceMember } from '../contract/messages.ts';
import type { Queue } from '../ports/outlets.ts';
import { awaitsDeliveries, type CloseTools, closeSync } from './close-sync.ts';
import { settleSeconds } from './definitions.ts';
import { type ExchangeTools, exchangeBatch } from './exchange-audience.ts';
import { type PeopleTools, peopleOf } from './people-of.ts';
import { closingPart, exchangePart, syncPart } from './start-parts.ts';
import { endPart, notePlace } from './stored-job.ts';
import { workPages } from './work-pages.ts';

type Message = MessageBody<typeof syncAudience>;

export interface SyncAudienceTools extends PeopleTools, CloseTools, Omit<ExchangeTools, 'queues'> {
  queues: {
    syncAudience: Queue<Message>;
    syncAudienceMember: Queue<MessageBody<typeof syncAudienceMember>>;
  };
}

const pageSize = 500;

/** Works one part of a sync: the people of one partition of one source, or its end. */
export const workSyncPart = async (message: Message, tools: SyncAudienceTools): Promise<void> => {
  const { syncId, source, partition } = message;
  const part = syncPart(source, partition);
  if (part === exchangePart) {
    await exchangeBatch(message, tools);
    const job = await tools.jobs.get(syncId);
    if (!job || !awaitsDeliveries(job)) return;
  } else if (part !== closingPart) {
    if (await waitsForExchange(syncId, tools)) return tools.queues.syncAudience.send([message], afterExchangeSeconds);
    await queuePartition(message, part, tools);
    const job = await tools.jobs.get(syncId);
    if (!job || !awaitsDeliveries(job)) return;
  } else if (!(await closeSync(syncId, tools))) return;
  await tools.queues.syncAudience.send([closingMessage(message)], lookAgainSeconds);
};

const afterExchangeSeconds = 15;

/** Whoever is to go after an exchange is found when it is over. */
const waitsForExchange = async (syncId: string, { jobs }: SyncAudienceTools): Promise<boolean> => {
  const job = await jobs.get(syncId);
  return job?.status === 'running' && exchangePart in job.pending;
};

/** After what the list index may be behind. */
export const lookAgainSeconds = settleSeconds + 1;

export const closingMessage = ({ audienceId, platform, syncId }: Omit<Message, 'source' | 'partition' | 'after'>) => {
  const [partition, source = ''] = closingPart.split(' ', 2);
  return { audienceId, platform, syncId, source, partition: Number(partition) };
};

/**
 * Queues the people of one partition of one source, for as long as there is time; a message goes on from there. A
 * cancelled job ends it; a later activation does not, since it may concern others. What is to be done about each person
 * is decided later, by the audience as it is then.
 */
const queuePartition = async (message: Message, part: string, tools: SyncAudienceTools): Promise<void> => {
  const { syncId } = message;
  if ((await tools.jobs.get(syncId))?.status !== 'running') return;
  const left = await workPages(message.after, tools.now, after => queuePage(message, after, tools));
  if (left === undefined) return endPart(syncId, part, tools);
  await tools.queues.syncAudience.send([{ ...message, after: left }]);
  await notePlace(syncId, part, left, tools);
};

/** Everybody is pending before anybody is told of. Returns where the next page begins. */
const queuePage = async (
  message: Message,
  after: string | undefined,
  tools: SyncAudienceTools,
): Promise<string | undefined> => {
  const { audienceId, platform, syncId } = message;
  const { profileIds, next } = await peopleOf(message, pageSize, after, tools);
  await tools.outcomes.expect(syncId, profileIds);
  const messages = profileIds.map(profileId => ({ audienceId, platform, profileId, syncId }));
  await tools.queues.syncAudienceMember.send(messages);
  return next;
};
