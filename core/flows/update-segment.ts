import type { SegmentPatch, StoredSegment } from '../contract/segments.ts';
import { notFound, Problem } from '../errors.ts';
import { sameValue } from '../model/same-value.ts';
import { DocumentChanged } from '../ports/collection.ts';
import { type CreateSegmentTools, checkRules, evaluationOf } from './create-segment.ts';
import { changedSince, checkIfMatch, documentTag } from './if-match.ts';

export interface SegmentUpdate {
  id: string;
  patch: SegmentPatch;
  /** An `If-Match` header. */
  ifMatch?: string | undefined;
}

const triesMax = 20;

/**
 * Updates a segment as it is at that moment. Other rules, or another type, are a new definition, and the job that holds
 * it against everybody begins in the same step; whatever the former one is still deciding gives way to it.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` @throws Problem `PRECONDITION_FAILED`
 */
export const updateSegment = async (update: SegmentUpdate, tools: CreateSegmentTools): Promise<StoredSegment> => {
  const { id, patch, ifMatch } = update;
  if (patch.rules) checkRules(patch.rules);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await tools.segments.get(id);
    if (!before) throw notFound('Segment', id);
    checkIfMatch(ifMatch, documentTag(before));
    const after = patched(before, patch);
    if (sameValue(after, before)) return before;
    const updated = await commits(before, after, tools);
    if (updated) return updated;
    if (ifMatch !== undefined) throw changedSince();
  }
  throw new Problem('CONFLICT', `Segment ${id} is changed all the time; try again`);
};

const patched = (
  before: StoredSegment,
  { description = before.description, ...given }: SegmentPatch,
): StoredSegment => {
  const { description: _before, ...rest } = before;
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...rest, ...named, ...(description === null || description === undefined ? {} : { description }) };
};

/** `undefined` when somebody else was faster. */
const commits = async (
  before: StoredSegment,
  after: StoredSegment,
  tools: CreateSegmentTools,
): Promise<StoredSegment | undefined> => {
  const [at, version] = [tools.now().toISOString(), before.version + 1];
  const redefined = !sameValue(after.rules, before.rules) || after.type !== before.type;
  const job = redefined ? evaluationOf({ id: before.id, rulesVersion: version }, at, tools) : undefined;
  const definition = job ? { rulesVersion: version, jobId: job.id } : {};
  const updated = { ...after, ...definition, version, updatedAt: at };
  try {
    await tools.commitTogether([tools.segments.replacing(updated), ...(job ? [tools.jobs.adding(job)] : [])]);
    return updated;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return undefined;
    throw fault;
  }
};
