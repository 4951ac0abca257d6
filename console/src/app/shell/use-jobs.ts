import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';

const busyMilliseconds = 2_000;
const idleMilliseconds = 10_000;
const shownMax = 12;

/** The newest jobs, asked for more often as long as one of them runs. */
export const useJobs = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => cdp.listJobs({ query: { limit: shownMax } }, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'running') ? busyMilliseconds : idleMilliseconds,
  });
};
