import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const listedMax = 1000;

/** Every segment with how many are in it. */
export const useSegments = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['segments', 'list'],
    queryFn: ({ signal }) => cdp.listSegments({ query: { limit: listedMax } }, { signal }),
  });
};
export type ListedSegment = NonNullable<ReturnType<typeof useSegments>['data']>['items'][number];
