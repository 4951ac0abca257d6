import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const busyMilliseconds = 1_000;
const idleMilliseconds = 10_000;

/** How many are in a segment, counted now, and whether it is still being evaluated. */
export const useSegmentSize = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['segments', id, 'size'],
    queryFn: ({ signal }) => cdp.getSegmentSize({ params: { id }, query: { exact: 'true' } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.stale ? busyMilliseconds : idleMilliseconds),
  });
};
