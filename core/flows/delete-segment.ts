import type { Audience } from '../contract/audiences.ts';
import { notFound, Problem } from '../errors.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { type CreateSegmentTools, everyPartition } from './create-segment.ts';
import { type ClearJob, newWork } from './stored-job.ts';

export interface DeleteSegmentTools extends CreateSegmentTools {
  audiences: Collection<Audience>;
}

/** The rounds in which what is left of a segment is cleared. */
export const clearingRounds = ['first', 'again'] as const;

/**
 * Deletes a segment; it is gone at once, and a job clears what was kept of its members, so that whoever follows
 * memberships follows that, too.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` while audiences use it, unless `force`
 */
export const deleteSegment = async (id: string, force: boolean, tools: DeleteSegmentTools): Promise<ClearJob> => {
  const segment = await tools.segments.get(id);
  if (!segment) throw notFound('Segment', id);
  const users = (await tools.audiences.all()).filter(({ segmentIds }) => segmentIds.includes(id));
  if (users.length > 0 && !force) throw usedBy(id, users);
  const parts = clearingRounds.flatMap(round => everyPartition.map(partition => `${partition} ${round}`));
  const work = newWork(tools.newId('job'), id, parts, tools.now().toISOString());
  const job: ClearJob = { ...work, kind: 'segment.clear' };
  try {
    await tools.commitTogether([tools.segments.removing(segment), tools.jobs.adding(job)]);
    return job;
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', `Segment ${id} was changed at the same moment; try again`);
  }
};

const usedBy = (id: string, users: readonly Audience[]): Problem =>
  new Problem(
    'CONFLICT',
    `Segment ${id} is used by ${users.length} audience${users.length === 1 ? '' : 's'}; delete it with force=true`,
    users.map(({ id: audienceId, name }) => ({ path: `audiences.${audienceId}`, reason: `"${name}" uses it` })),
  );
