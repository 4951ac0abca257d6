import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

/** What uses a segment. */
export const useDependents = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['segments', id, 'dependents'],
    queryFn: async ({ signal }) => (await cdp.listDependents({ params: { id } }, { signal })).items,
  });
};
