import { useInfiniteQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const pageSize = 200;

/** The members of a segment, page after page. `asOfCount` asks anew where the count has changed. */
export const useMembers = (id: string, asOfCount: number | undefined) => {
  const cdp = useCdp();
  return useInfiniteQuery({
    queryKey: ['segments', id, 'members', asOfCount],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      cdp.listMembers({ params: { id }, query: { limit: pageSize, cursor } }, { signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: before => before,
  });
};
export type Member = NonNullable<ReturnType<typeof useMembers>['data']>['pages'][number]['items'][number];
