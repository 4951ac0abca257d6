import { useInfiniteQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const pageSize = 100;

/** Events that are kept aside, newest first, and how many there are for each reason. */
export const useQuarantine = (reason: string | undefined) => {
  const cdp = useCdp();
  return useInfiniteQuery({
    queryKey: ['quarantine', reason],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      cdp.listQuarantine({ query: { reason, limit: pageSize, cursor } }, { signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};
export type KeptAside = NonNullable<ReturnType<typeof useQuarantine>['data']>['pages'][number]['items'][number];
