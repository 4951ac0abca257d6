import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import type { EventSearch } from '../event-search.ts';

const pageSize = 200;

/** Events of everybody that fit, newest first, page after page. */
export const useEvents = ({ type, profileId, source, startDate, endDate }: EventSearch) => {
  const cdp = useCdp();
  const asked = Object.entries({ type, profileId, source, startDate, endDate }).filter(([, value]) => value);
  const query = Object.fromEntries(asked.map(([name, value]) => [name, String(value)]));
  return useInfiniteQuery({
    queryKey: ['events', 'history', query],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      cdp.listEvents({ query: { ...query, limit: pageSize, cursor } }, { signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};
