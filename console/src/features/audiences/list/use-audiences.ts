import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const listedMax = 1000;

/** Every audience with the state of its syncs. */
export const useAudiences = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['audiences', 'list'],
    queryFn: ({ signal }) => cdp.listAudiences({ query: { limit: listedMax } }, { signal }),
  });
};
