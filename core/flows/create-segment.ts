import type { StoredSegment } from '../contract/segments.ts';
import { Problem } from '../errors.ts';
import { checkCondition } from '../language/check-condition.ts';
import type { Collection, CommitTogether } from '../ports/collection.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { type EvaluateJob, newWork, type StoredJob } from './stored-job.ts';

type NewSegment = Pick<StoredSegment, 'name' | 'type' | 'rules'> & { description?: string | undefined };

export interface CreateSegmentTools {
  segments: Collection<StoredSegment>;
  jobs: Collection<StoredJob>;
  commitTogether: CommitTogether;
  newId: (prefix: string) => string;
  now: () => Date;
}

const everyPartition = Array.from({ length: listPartitions }, (_, partition) => String(partition));

/**
 * Makes a segment and the job that fills it, in one step: there is never one without the other.
 *
 * @throws Problem `VALIDATION_FAILED` with the path of everything that cannot be right in the rules
 */
export const createSegment = async (given: NewSegment, tools: CreateSegmentTools): Promise<StoredSegment> => {
  checkRules(given.rules);
  const [at, jobId] = [tools.now().toISOString(), tools.newId('job')];
  const id = tools.newId('segment');
  const segment: StoredSegment = { ...given, id, jobId, version: 1, createdAt: at, updatedAt: at };
  const work = newWork(jobId, id, everyPartition, at);
  const job: EvaluateJob = { ...work, kind: 'segment.evaluate', segmentVersion: segment.version };
  await tools.commitTogether([tools.segments.adding(segment), tools.jobs.adding(job)]);
  return segment;
};

const checkRules = (rules: StoredSegment['rules']): void => {
  const faults = checkCondition(rules, 'body.rules');
  const [first] = faults;
  if (first) throw new Problem('VALIDATION_FAILED', `${first.path}: ${first.reason}`, faults);
};
