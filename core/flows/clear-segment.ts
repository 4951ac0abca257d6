import type { clearSegment, MessageBody } from '../contract/messages.ts';
import { messages } from '../contract/messages.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { Queue } from '../ports/outlets.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { clearVersions } from './clear-versions.ts';
import type { CreateSegmentTools } from './create-segment.ts';
import { endPart, type JobTools, notePlace } from './stored-job.ts';
import { workPages } from './work-pages.ts';

type Message = MessageBody<typeof clearSegment>;

export interface ClearTools extends JobTools, Pick<CreateSegmentTools, 'segmentVersions' | 'commitTogether'> {
  profiles: ProfileStore;
  memberships: MembershipStore;
  queues: { clearSegment: Queue<Message> };
}

const [pageSize, lanes] = [200, 24];

/** Whoever had read the segment before it was deleted has decided by then, or never will. */
const workersEndSeconds = 2 * Math.max(...messages.map(({ timeoutSeconds }) => timeoutSeconds)) + 30;

/**
 * Removes what is kept about one partition of all profiles and a segment that was deleted. The second round comes when
 * no worker can still be deciding by the definition of before.
 */
export const clearPartition = async (message: Message, tools: ClearTools): Promise<void> => {
  const { jobId, partition, round } = message;
  const job = await tools.jobs.get(jobId);
  if (job?.status !== 'running') return;
  const due = Date.parse(job.createdAt) + (round === 'again' ? workersEndSeconds * 1000 : 0);
  const early = Math.ceil((due - tools.now().getTime()) / 1000);
  if (early > 0) return tools.queues.clearSegment.send([message], early);
  if (partition === 0) await clearVersions(message.segmentId, tools);
  const left = await workPages(message.after, tools.now, after => clearPage(message, after, tools));
  const part = `${partition} ${round}`;
  if (left === undefined) return endPart(jobId, part, tools);
  await tools.queues.clearSegment.send([{ ...message, after: left }]);
  await notePlace(jobId, part, left, tools);
};

/** Returns where the next page begins. */
const clearPage = async (
  { segmentId, partition }: Message,
  after: string | undefined,
  { profiles, memberships }: ClearTools,
): Promise<string | undefined> => {
  const { ids, next } = await profiles.listPartition(partition, pageSize, after);
  const clearAll = async (profileIds: readonly string[]): Promise<void> => {
    const standing = await memberships.ofSegment(segmentId, profileIds);
    const cleared = await inLanes(standing, lanes, one => memberships.clear(one));
    const changed = standing.filter((_, index) => !cleared[index]).map(({ profileId }) => profileId);
    if (changed.length > 0) await clearAll(changed);
  };
  await clearAll(ids);
  return next;
};
