import type { backfillTraits, MessageBody, reevaluateProfile } from '../contract/messages.ts';
import { TraitSet } from '../engines/traits/calculate-traits.ts';
import { sameValue } from '../model/same-value.ts';
import type { StoredTrait } from '../model/trait.ts';
import type { Collection } from '../ports/collection.ts';
import type { FlipTimers } from '../ports/flip-timers.ts';
import type { Queue } from '../ports/outlets.ts';
import type { RecentTools } from './recent-events.ts';
import { refreshTraits } from './refresh-traits.ts';
import { setFlipTimer } from './set-flip-timer.ts';
import { endPart, type JobTools, notePlace } from './stored-job.ts';
import { workPages } from './work-pages.ts';

type Message = MessageBody<typeof backfillTraits>;

export interface BackfillTools extends RecentTools, JobTools {
  traits: Pick<Collection<StoredTrait>, 'all'>;
  flipTimers: FlipTimers;
  queues: {
    backfillTraits: Queue<Message>;
    reevaluateProfile: Queue<MessageBody<typeof reevaluateProfile>>;
  };
}

const pageSize = 200;

/**
 * Calculates the traits of one partition of all profiles, for as long as there is time; a message goes on from there.
 * Whoever has done something meanwhile is calculated by that as well, and comes to the same.
 */
export const backfillPartition = async (message: Message, tools: BackfillTools): Promise<void> => {
  const { jobId, partition } = message;
  const job = await tools.jobs.get(jobId);
  if (job?.status !== 'running') return;
  const left = await workPages(message.after, tools.now, after => backfillPage(partition, after, tools));
  if (left === undefined) return endPart(jobId, String(partition), tools);
  await tools.queues.backfillTraits.send([{ ...message, after: left }]);
  await notePlace(jobId, String(partition), left, tools);
};

/** Returns where the next page begins. */
const backfillPage = async (
  partition: number,
  after: string | undefined,
  tools: BackfillTools,
): Promise<string | undefined> => {
  const { ids, next } = await tools.profiles.listPartition(partition, pageSize, after);
  const traits = await tools.traits.all();
  const { refreshed, lost } = await refreshTraits(ids, new TraitSet(traits), tools);
  const unset: string[] = [];
  for (const { profile, changesAt: dueAt } of refreshed) {
    const isSet = dueAt === undefined || (await setFlipTimer(profile, { dueAt, areAll: false }, tools));
    if (!isSet) unset.push(profile.id);
  }
  const stand = sameValue(await tools.traits.all(), traits);
  const again = stand ? [...lost, ...unset] : ids;
  await tools.queues.reevaluateProfile.send(again.map(profileId => ({ profileId, version: 0 })));
  return next;
};
