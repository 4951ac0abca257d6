import type { StoredSegment } from '../contract/segments.ts';
import { notFound, Problem } from '../errors.ts';
import { evaluateAgain, type RefreshTools } from './refresh-segments.ts';
import type { EvaluateJob } from './stored-job.ts';

/** @throws Problem `CONFLICT` for a segment that no rules decide */
const checkRuled = ({ id, type }: StoredSegment): void => {
  if (type === 'manual') throw new Problem('CONFLICT', `Segment ${id} is not decided by rules`);
};

/** Holds a segment against everybody again. @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` */
export const evaluateOne = async (id: string, tools: RefreshTools): Promise<EvaluateJob> => {
  const segment = await tools.segments.get(id);
  if (!segment) throw notFound('Segment', id);
  checkRuled(segment);
  return evaluateAgain(segment, tools);
};

/** Holds these segments, or all that rules decide, against everybody again. @throws Problem `NOT_FOUND` */
export const evaluateMany = async (ids: readonly string[] | undefined, tools: RefreshTools): Promise<EvaluateJob[]> => {
  const all = await tools.segments.all();
  const missing = ids?.find(id => !all.some(segment => segment.id === id));
  if (missing !== undefined) throw notFound('Segment', missing);
  const meant = all.filter(({ id, type }) => type !== 'manual' && (ids?.includes(id) ?? true));
  const jobs: EvaluateJob[] = [];
  for (const segment of meant) jobs.push(await evaluateAgain(segment, tools));
  return jobs;
};
