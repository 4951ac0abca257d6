import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const askMilliseconds = 3_000;

export const usePipeline = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['pipeline'],
    queryFn: ({ signal }) => cdp.getPipeline({}, { signal }),
    refetchInterval: askMilliseconds,
  });
};
