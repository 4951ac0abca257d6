import type { Segment, StoredSegment } from '../contract/segments.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Collection, DocumentPage, Paged } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { KnownSizes } from './segment-size.ts';

interface ListTools {
  segments: Collection<StoredSegment>;
  memberships: MembershipStore;
  knownSizes: KnownSizes;
  now: () => Date;
}

interface SegmentsQuery extends Paged {
  type?: Segment['type'] | undefined;
  /** How old a count may be before it is made again. */
  cacheSeconds: number;
}

type ListedSegment = StoredSegment & { memberCount?: number; countAsOf?: string };

/** So many are counted for one list, those that were counted longest ago first: a count reads every member. */
const [countsMax, lanes] = [10, 5];

/** Segments with how many are in them, as far as that was counted; newest first. */
export const listSegments = async (query: SegmentsQuery, tools: ListTools): Promise<DocumentPage<ListedSegment>> => {
  const { knownSizes, memberships } = tools;
  const page = await tools.segments.page(query, ({ type }) => query.type === undefined || type === query.type);
  const now = tools.now().getTime();
  const countedAt = ({ id }: StoredSegment): number => knownSizes.get(id)?.at ?? 0;
  const due = page.items.filter(segment => now >= countedAt(segment) + freshFor(segment, countedAt(segment), query));
  const counting = due.toSorted((left, right) => countedAt(left) - countedAt(right)).slice(0, countsMax);
  await inLanes(counting, lanes, async ({ id }) => {
    knownSizes.set(id, { count: await memberships.count(id), at: now });
  });
  return { ...page, items: page.items.map(segment => withSize(segment, knownSizes)) };
};

/** In ms: what was counted soon after the segment changed, while it still fills, is soon counted again. */
const freshFor = ({ updatedAt }: StoredSegment, countedAt: number, { cacheSeconds }: SegmentsQuery): number =>
  Math.max(0, Math.min(cacheSeconds * 1000, countedAt - Date.parse(updatedAt)));

const withSize = (segment: StoredSegment, knownSizes: KnownSizes): ListedSegment => {
  const known = knownSizes.get(segment.id);
  return known ? { ...segment, memberCount: known.count, countAsOf: new Date(known.at).toISOString() } : segment;
};
