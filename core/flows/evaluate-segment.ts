import type { evaluateSegment, MessageBody, reevaluateProfile } from '../contract/messages.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { dependenciesOf } from '../language/dependencies.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Collection } from '../ports/collection.ts';
import type { Queue } from '../ports/outlets.ts';
import { type DecideTools, decideMemberships } from './decide-memberships.ts';
import { conditionOf } from './segment-indexes.ts';
import { abandonJob, endPart, type JobTools, notePlace } from './stored-job.ts';
import { workPages } from './work-pages.ts';

type Message = MessageBody<typeof evaluateSegment>;

export interface EvaluateTools extends DecideTools, JobTools {
  segments: Collection<StoredSegment>;
  queues: {
    evaluateSegment: Queue<Message>;
    reevaluateProfile: Queue<MessageBody<typeof reevaluateProfile>>;
  };
}

const pageSize = 200;
const lanes = 24;

/**
 * Holds a definition against one partition of all profiles, for as long as there is time; a message goes on from there.
 * A job that was cancelled, and a definition that was replaced, ends it.
 */
export const evaluatePartition = async (message: Message, tools: EvaluateTools): Promise<void> => {
  const { segmentId, version, jobId, partition } = message;
  const job = await tools.jobs.get(jobId);
  if (job?.status !== 'running') return;
  const segment = await tools.segments.get(segmentId);
  if (segment?.rulesVersion !== version || segment.type === 'manual') return abandonJob(jobId, tools);
  const left = await workPages(message.after, tools.now, after => evaluatePage(segment, partition, after, tools));
  if (left === undefined) return endPart(jobId, String(partition), tools);
  await tools.queues.evaluateSegment.send([{ ...message, after: left }]);
  await notePlace(jobId, String(partition), left, tools);
};

/** Returns where the next page begins. */
const evaluatePage = async (
  segment: StoredSegment,
  partition: number,
  after: string | undefined,
  tools: EvaluateTools,
): Promise<string | undefined> => {
  const { ids, next } = await tools.profiles.listPartition(partition, pageSize, after);
  const lost = await decideMemberships(
    ids,
    { segments: [segment], areAll: false, readStanding: standingOf(segment, tools) },
    tools,
  );
  const replaced = (await tools.segments.get(segment.id))?.rulesVersion !== segment.rulesVersion;
  await decideAgain(replaced ? ids : lost, tools);
  return next;
};

/** Where segments are named that people are put into by hand, all that stands about somebody is asked for. */
const standingOf = (segment: StoredSegment, { memberships }: EvaluateTools) => {
  const namesHands = dependenciesOf(conditionOf(segment)).segments.size > 0;
  return async (profileIds: readonly string[]) =>
    namesHands
      ? (await inLanes(profileIds, lanes, id => memberships.ofProfile(id))).flat()
      : memberships.ofSegment(segment.id, profileIds);
};

/** By whatever definitions hold then; of a replaced one this page may have decided behind its successor's back. */
const decideAgain = (ids: readonly string[], { queues }: EvaluateTools): Promise<void> =>
  queues.reevaluateProfile.send(ids.map(profileId => ({ profileId, version: 0 })));
