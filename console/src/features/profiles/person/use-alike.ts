import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

/** Who may be the same person, best first. */
export const useAlike = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', id, 'alike'],
    queryFn: async ({ signal }) => (await cdp.findDuplicates({ params: { id } }, { signal })).items,
  });
};
