import type { evaluateSegment, MessageBody, reevaluateProfile } from '../contract/messages.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { dependenciesOf } from '../language/dependencies.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Collection } from '../ports/collection.ts';
import type { Queue } from '../ports/outlets.ts';
import { type DecideTools, decideMemberships } from './decide-memberships.ts';
import { canScan, changedPages, type ScanTools, scanPages } from './scan-profiles.ts';
import { conditionOf } from './segment-indexes.ts';
import { abandonJob, endPart, type JobTools, notePlace } from './stored-job.ts';
import { workPages } from './work-pages.ts';

type Message = MessageBody<typeof evaluateSegment>;

export interface EvaluateTools extends DecideTools, JobTools, ScanTools {
  segments: Collection<StoredSegment>;
  queues: {
    evaluateSegment: Queue<Message>;
    reevaluateProfile: Queue<MessageBody<typeof reevaluateProfile>>;
  };
}

const pageSize = 200;
const lanes = 24;

/** By then the snapshot was told of whoever had changed when the evaluation began. */
const lateSeconds = 60;

/** Profiles on their way into a page, and where the next one begins. */
export interface ProfilesPage {
  ids: string[];
  next: string | undefined;
}
/** Finds the profiles of a page by its place; `undefined` is the first. */
export type FindPage = (place: string | undefined) => Promise<ProfilesPage>;

/**
 * Holds a definition against one partition of all profiles, for as long as there is time; a message goes on from there.
 * Where a snapshot stands, whom it is worth to look at is found in it; otherwise everybody is looked at. A job that was
 * cancelled, and a definition that was replaced, ends it.
 */
export const evaluatePartition = async (message: Message, tools: EvaluateTools): Promise<void> => {
  const { segmentId, version, jobId, partition } = message;
  const [job, segment] = [await tools.jobs.get(jobId), await tools.segments.get(segmentId)];
  const isMeant = segment?.rulesVersion === version && segment.type !== 'manual';
  if (message.late) return isMeant && job ? lookAgain(segment, job.createdAt, message, tools) : undefined;
  if (job?.status !== 'running') return;
  if (!isMeant) return abandonJob(jobId, tools);
  const start = message.after ?? (await firstPlace(segment, message, tools));
  const find = pagesOf(segment, partition, tools);
  const left = await workPages(start, tools.now, place => evaluatePage(segment, () => find(place), tools));
  if (left === undefined) return endPart(jobId, String(partition), tools);
  await tools.queues.evaluateSegment.send([{ ...message, after: left }]);
  await notePlace(jobId, String(partition), left, tools);
};

const [scanned, standing] = ['scan#', 'stay#'];

/** `undefined`: everybody is read from the table, from the first. */
const firstPlace = async (
  segment: StoredSegment,
  message: Message,
  tools: EvaluateTools,
): Promise<string | undefined> => {
  if (!(await canScan(conditionOf(segment), tools))) return undefined;
  await tools.queues.evaluateSegment.send([{ ...message, late: true }], lateSeconds);
  return scanned;
};

/**
 * By their places: first whoever the snapshot tells may be in it, then whoever stands in it already; or else everybody
 * as the table has them.
 */
const pagesOf = (segment: StoredSegment, partition: number, tools: EvaluateTools): FindPage => {
  const scan = scanPages(conditionOf(segment), partition, tools);
  return async place => {
    if (place?.startsWith(scanned)) {
      const page = await scan(place.slice(scanned.length));
      return page
        ? { ids: page.ids, next: page.next === undefined ? standing : scanned + page.next }
        : everyone(partition, tools);
    }
    if (place?.startsWith(standing)) return members(segment.id, partition, place.slice(standing.length), tools);
    return everyone(partition, tools, place);
  };
};

const everyone = async (partition: number, { profiles }: EvaluateTools, after?: string): Promise<ProfilesPage> => {
  const { ids, next } = await profiles.listPartition(partition, pageSize, after);
  return { ids, next };
};

const members = async (
  segmentId: string,
  partition: number,
  place: string,
  { memberships }: EvaluateTools,
): Promise<ProfilesPage> => {
  const after = place === '' ? undefined : place;
  const { members: found, next } = await memberships.membersOfPartition(segmentId, partition, pageSize, after);
  return { ids: found.map(({ profileId }) => profileId), next: next === undefined ? undefined : standing + next };
};

/** Decides about whoever changed so shortly before that the snapshot may not have told it then. */
const lookAgain = async (
  segment: StoredSegment,
  jobBegan: string,
  message: Message,
  tools: EvaluateTools,
): Promise<void> => {
  const since = Date.parse(jobBegan) - lateSeconds * 1000;
  const find = changedPages(since, message.partition, tools);
  const left = await workPages(message.after, tools.now, place =>
    evaluatePage(segment, () => find(place ?? ''), tools),
  );
  if (left !== undefined) await tools.queues.evaluateSegment.send([{ ...message, after: left }]);
};

/** Returns where the next page begins. */
const evaluatePage = async (
  segment: StoredSegment,
  find: () => Promise<ProfilesPage>,
  tools: EvaluateTools,
): Promise<string | undefined> => {
  const { ids, next } = await find();
  const deciding = { segments: [segment], areAll: false, readStanding: standingOf(segment, tools) };
  const lost = await decideMemberships(ids, deciding, tools);
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
