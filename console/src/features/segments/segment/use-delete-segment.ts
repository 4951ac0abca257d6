import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useDeleteSegment = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => cdp.deleteSegment({ params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['segments', 'list'] }),
  });
};
