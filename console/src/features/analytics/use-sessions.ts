import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Channel } from '../../../../core/model/channel.ts';
import { useCdp } from '../../lib/session.tsx';

const pageSize = 200;

/** Sessions of everybody, newest first, of one channel or of all. */
export const useSessions = (channel: Channel | undefined) => {
  const cdp = useCdp();
  return useInfiniteQuery({
    queryKey: ['sessions', channel],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      cdp.listSessions({ query: { channel, limit: pageSize, cursor } }, { signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};
export type ListedSession = NonNullable<ReturnType<typeof useSessions>['data']>['pages'][number]['items'][number];
