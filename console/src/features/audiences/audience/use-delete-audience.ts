import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useDeleteAudience = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (removeRemote: boolean) =>
      cdp.deleteAudience({ params: { id }, query: { removeRemote: removeRemote ? 'true' : 'false' } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['audiences', 'list'] }),
  });
};
