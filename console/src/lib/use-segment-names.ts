import { useQuery } from '@tanstack/react-query';
import { useCdp } from './session.tsx';

const namedMax = 1000;

/** Segments to choose from: their ids and names. */
export const useSegmentNames = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['segments', 'names'],
    queryFn: async ({ signal }) => {
      const { items } = await cdp.listSegments({ query: { limit: namedMax } }, { signal });
      return items.map(({ id, name }) => ({ value: id, label: name }));
    },
  });
};
