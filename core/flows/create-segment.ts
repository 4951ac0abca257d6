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

export const everyPartition = Array.from({ length: listPartitions }, (_, partition) => String(partition));

/**
 * Makes a segment and the job that fills it, in one step: there is never one without the other.
 *
 * @throws Problem `VALIDATION_FAILED` with the path of everything that cannot be right in the rules
 */
export const createSegment = async (given: NewSegment, tools: CreateSegmentTools): Promise<StoredSegment> => {
  checkRules(given.rules);
  const at = tools.now().toISOString();
  const definition = { id: tools.newId('segment'), rulesVersion: 1 };
  const job = evaluationOf(definition, at, tools);
  const segment: StoredSegment = { ...given, ...definition, jobId: job.id, version: 1, createdAt: at, updatedAt: at };
  await tools.commitTogether([tools.segments.adding(segment), tools.jobs.adding(job)]);
  return segment;
};

/** The job that holds a definition against everybody. */
export const evaluationOf = (
  { id, rulesVersion }: Pick<StoredSegment, 'id' | 'rulesVersion'>,
  at: string,
  { newId }: Pick<CreateSegmentTools, 'newId'>,
): EvaluateJob => {
  const work = newWork(newId('job'), id, everyPartition, at);
  return { ...work, kind: 'segment.evaluate', segmentVersion: rulesVersion };
};

/** @throws Problem `VALIDATION_FAILED` */
export const checkRules = (rules: StoredSegment['rules']): void => {
  const faults = checkCondition(rules, 'body.rules');
  const [first] = faults;
  if (first) throw new Problem('VALIDATION_FAILED', `${first.path}: ${first.reason}`, faults);
};
