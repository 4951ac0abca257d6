import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';

const askMilliseconds = 10_000;

export const useStats = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['stats'],
    queryFn: ({ signal }) => cdp.getStats({}, { signal }),
    refetchInterval: askMilliseconds,
  });
};
