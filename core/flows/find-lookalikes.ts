import type { Audience } from '../contract/audiences.ts';
import type { findLookalikes as FindLookalikes, MessageBody } from '../contract/messages.ts';
import { featuresOf } from '../engines/lookalike/features.ts';
import { type Likeness, NearestPeople } from '../engines/lookalike/nearest-people.ts';
import { ScaleLearner, scaled } from '../engines/lookalike/scales.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Collection } from '../ports/collection.ts';
import type { Queue } from '../ports/outlets.ts';
import { listPartitions } from '../ports/profile-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { belongingIn } from './audience-people.ts';
import { everybodysBehaviour } from './behaviours.ts';
import { addMembers, type MembersTools, removeMember } from './manual-members.ts';
import type { JobTools, LookalikeJob } from './stored-job.ts';
import { failJob, type StepOutcome, workStep } from './work-step.ts';

type Message = MessageBody<typeof FindLookalikes>;

export interface LookalikeTools extends MembersTools, JobTools {
  audiences: Collection<Audience>;
  queryEngine: QueryEngine;
  queues: { findLookalikes: Queue<Message> };
}

/** So many of an audience stand for all of it. */
const seedsMax = 256;
const seedsMin = 20;
const neighbours = 5;
const chunkSize = 500;
const lanes = 8;

/**
 * Finds who is most like the people of an audience and puts them into its look-alike’s segment; whoever is there and is not
 * among them any more goes. Doing it again after a crash comes to the same.
 */
export const findLookalikes = (message: Message, tools: LookalikeTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  return workStep('audience.lookalike', message, job => find(job, tools), { jobs, now, queue: queues.findLookalikes });
};

const find = async (job: LookalikeJob, tools: LookalikeTools): Promise<StepOutcome<LookalikeJob>> => {
  const audience = await tools.audiences.get(job.audienceId);
  if (!audience) return failed(job, 'there is the audience no more', tools);
  const seeds = await seedsOf(audience, tools);
  if (seeds.size < seedsMin)
    return failed(job, `of ${seeds.size} people no others are found; it takes ${seedsMin}`, tools);
  const found = await nearestTo(seeds, job, tools);
  await fill(job.subjectId, found, tools);
  return { next: undefined, told: { found: found.length } };
};

const failed = async (job: LookalikeJob, reason: string, tools: LookalikeTools): Promise<StepOutcome<LookalikeJob>> => {
  await failJob(job.id, reason, tools);
  return { next: undefined, told: {} };
};

const seedsOf = async (audience: Audience, tools: LookalikeTools): Promise<Set<string>> => {
  const seeds = new Set<string>();
  for (let partition = 0; partition < listPartitions; partition += 1) {
    for (const id of await belongingIn(audience, partition, tools)) seeds.add(id);
  }
  return seeds;
};

/** Every so many of them, so that all of the audience is there. */
const thinned = <Value>(values: readonly Value[], most: number): Value[] => {
  const step = Math.max(1, values.length / most);
  return values.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
};

interface Known {
  own: Float64Array[];
  others: number;
  learner: ScaleLearner;
}

/** Goes through everybody once to learn what is usual, and where the seeds are. */
const surveyed = async (seeds: ReadonlySet<string>, askedAt: number, queryEngine: QueryEngine): Promise<Known> => {
  const known: Known = { own: [], others: 0, learner: new ScaleLearner() };
  for await (const page of everybodysBehaviour(queryEngine)) {
    for (const { id, behaviour } of page) {
      const point = featuresOf(behaviour, askedAt);
      known.learner.take(point);
      if (seeds.has(id)) known.own.push(point);
      else known.others += 1;
    }
  }
  return known;
};

const nearestTo = async (
  seeds: ReadonlySet<string>,
  { size, ratio, askedAt }: LookalikeJob,
  { queryEngine }: LookalikeTools,
): Promise<Likeness[]> => {
  const { own, others, learner } = await surveyed(seeds, askedAt, queryEngine);
  const wanted = size ?? Math.round(others * ratio);
  if (own.length === 0 || wanted === 0) return [];
  const scales = learner.learnt();
  const standing = thinned(own, seedsMax).map(point => scaled(point, scales));
  const nearest = new NearestPeople(standing, { size: wanted, neighbours });
  for await (const page of everybodysBehaviour(queryEngine)) {
    for (const { id, behaviour } of page) {
      if (!seeds.has(id)) nearest.take(id, scaled(featuresOf(behaviour, askedAt), scales));
    }
  }
  return nearest.found();
};

const fill = async (segmentId: string, found: readonly Likeness[], tools: LookalikeTools): Promise<void> => {
  const wanted = new Set(found.map(({ id }) => id));
  const gone: string[] = [];
  for (let partition = 0; partition < listPartitions; partition += 1) {
    const standing = await belongingIn({ segmentIds: [segmentId] }, partition, tools);
    for (const id of standing) if (!wanted.delete(id)) gone.push(id);
  }
  await inLanes(gone, lanes, id => removeMember(segmentId, id, tools));
  const ids = [...wanted];
  for (let start = 0; start < ids.length; start += chunkSize) {
    await addMembers(segmentId, ids.slice(start, start + chunkSize), tools);
  }
};
