import type { Audience } from '../contract/audiences.ts';
import { notFound, Problem } from '../errors.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { type CreateSegmentTools, everyPartition } from './create-segment.ts';
import { namedIn } from './resolve-segment.ts';
import { type ClearJob, newWork } from './stored-job.ts';
import { followDefinitions } from './update-segment.ts';

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
  const users = await usersOf(id, tools);
  if (users.length > 0 && !force) throw usedBy(id, users);
  const parts = clearingRounds.flatMap(round => everyPartition.map(partition => `${partition} ${round}`));
  const work = newWork(tools.newId('job'), id, parts, tools.now().toISOString());
  const job: ClearJob = { ...work, kind: 'segment.clear' };
  try {
    await tools.commitTogether([tools.segments.removing(segment), tools.jobs.adding(job)]);
    await followDefinitions(tools);
    return job;
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', `Segment ${id} was changed at the same moment; try again`);
  }
};

/** What uses a segment: an audience, or another segment. */
export interface SegmentUser {
  kind: 'audience' | 'segment';
  id: string;
  name: string;
}

/** Everything that uses a segment. */
export const usersOf = async (
  id: string,
  { audiences, segments }: Pick<DeleteSegmentTools, 'audiences' | 'segments'>,
): Promise<SegmentUser[]> => {
  const [allAudiences, allSegments] = await Promise.all([audiences.all(), segments.all()]);
  const active = allAudiences.filter(({ segmentIds }) => segmentIds.includes(id));
  const children = allSegments.filter(segment => namedIn(segment).includes(id));
  const shown = (kind: SegmentUser['kind'], users: readonly { id: string; name: string }[]): SegmentUser[] =>
    users.map(({ id: userId, name }) => ({ kind, id: userId, name }));
  return [...shown('audience', active), ...shown('segment', children)];
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const usedBy = (id: string, users: readonly SegmentUser[]): Problem => {
  const kinds = (['audience', 'segment'] as const).flatMap(kind => {
    const count = users.filter(user => user.kind === kind).length;
    return count === 0 ? [] : [counted(count, kind)];
  });
  return new Problem(
    'CONFLICT',
    `Segment ${id} is used by ${kinds.join(' and ')}; delete it with force=true`,
    users.map(({ kind, id: userId, name }) => ({ path: `${kind}s.${userId}`, reason: `"${name}" uses it` })),
  );
};
