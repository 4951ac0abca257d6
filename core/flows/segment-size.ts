import type { StoredSegment } from '../contract/segments.ts';
import { notFound } from '../errors.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { StoredJob } from './stored-job.ts';

/** What was counted a while ago, by segment. `at` is epoch ms. */
export type KnownSizes = Map<string, { count: number; at: number }>;

interface SizeTools {
  segments: Collection<StoredSegment>;
  jobs: Collection<StoredJob>;
  memberships: MembershipStore;
  knownSizes: KnownSizes;
  now: () => Date;
}

interface SizeQuery {
  exact: boolean;
  /** How old a count may be that was not asked to be exact. */
  cacheSeconds: number;
}

/** How many are in a segment, and how sure that is. While its first evaluation runs, every count is made anew. */
export const segmentSize = async (id: string, { exact, cacheSeconds }: SizeQuery, tools: SizeTools) => {
  const { segments, jobs, memberships, knownSizes } = tools;
  const segment = await segments.get(id);
  if (!segment) throw notFound('Segment', id);
  const stale = (await jobs.get(segment.jobId))?.status === 'running';
  const now = tools.now().getTime();
  const known = knownSizes.get(id);
  const remembered = !exact && !stale && known && now - known.at < cacheSeconds * 1000 ? known : undefined;
  const size = remembered ?? { count: await memberships.count(id), at: now };
  knownSizes.set(id, size);
  return { count: size.count, estimated: remembered !== undefined, asOf: new Date(size.at).toISOString(), stale };
};
