import type { Audience } from '../contract/audiences.ts';
import type { LookalikeWish } from '../contract/lookalikes.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { notFound } from '../errors.ts';
import type { Collection, CommitTogether } from '../ports/collection.ts';
import { evaluationOf } from './create-segment.ts';
import { type LookalikeJob, newWork, type StoredJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

interface StartTools {
  audiences: Collection<Audience>;
  segments: Collection<StoredSegment>;
  jobs: Collection<StoredJob>;
  commitTogether: CommitTogether;
  newId: (prefix: string) => string;
  now: () => Date;
}

interface StartedLookalike {
  segmentId: string;
  audienceId: string;
  jobId: string;
}

/**
 * Makes a segment for the people who are most like those of an audience, an audience of that segment for the same
 * platforms, and the job that fills it, in one step.
 *
 * @throws Problem `NOT_FOUND`
 */
export const startLookalike = async (
  id: string,
  { name: given, ratio, size }: LookalikeWish,
  tools: StartTools,
): Promise<StartedLookalike> => {
  const seed = await tools.audiences.get(id);
  if (!seed) throw notFound('Audience', id);
  const now = tools.now();
  const times = { version: 1, createdAt: now.toISOString(), updatedAt: now.toISOString() };
  const name = given ?? `Like ${seed.name}`.slice(0, 200);
  const definition = { id: tools.newId('segment'), rulesVersion: 1, type: 'manual' as const };
  const evaluation = evaluationOf(definition, times.createdAt, tools);
  const description = `Who is most like the people of ${seed.name}`;
  const segment: StoredSegment = { ...times, ...definition, name, description, jobId: evaluation.id };
  const audience: Audience = {
    ...times,
    ...{ id: tools.newId('audience'), name, description, syncs: [] },
    ...{ platforms: seed.platforms, config: seed.config, holdoutPercent: seed.holdoutPercent ?? 0 },
    ...{ segmentIds: [segment.id], combine: 'any', excludeSegmentIds: seed.segmentIds },
  };
  const job: LookalikeJob = {
    ...newWork(tools.newId('job'), segment.id, [onlyPart], times.createdAt),
    ...{ kind: 'audience.lookalike', audienceId: id, ratio, askedAt: now.getTime(), found: 0 },
    ...(size === undefined ? {} : { size }),
  };
  await tools.commitTogether([
    tools.segments.adding(segment),
    tools.audiences.adding(audience),
    tools.jobs.adding(evaluation),
    tools.jobs.adding(job),
  ]);
  return { segmentId: segment.id, audienceId: audience.id, jobId: job.id };
};
