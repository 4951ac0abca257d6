import { useInfiniteQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const pageSize = 50;

/** What happened with a person, newest first. `types`: kinds of entries and types of events, with commas; empty for all. */
export const useTimeline = (id: string, types: string) => {
  const cdp = useCdp();
  return useInfiniteQuery({
    queryKey: ['profile', id, 'timeline', types],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      cdp.getTimeline(
        { params: { id }, query: { limit: pageSize, cursor, ...(types === '' ? {} : { types }) } },
        { signal },
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};
export type TimelineEntry = NonNullable<ReturnType<typeof useTimeline>['data']>['pages'][number]['items'][number];
