import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useGovernedFields = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['governance'],
    queryFn: async ({ signal }) => (await cdp.listGovernedFields({}, { signal })).items,
  });
};
