import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const audiencesMax = 1000;

/** Audiences that take one of these segments. */
export const useAudiencesOf = (segmentIds: readonly string[]) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['audiences', 'of', segmentIds],
    queryFn: async ({ signal }) => {
      const { items } = await cdp.listAudiences({ query: { limit: audiencesMax } }, { signal });
      return items.filter(audience => audience.segmentIds.some(id => segmentIds.includes(id)));
    },
  });
};
