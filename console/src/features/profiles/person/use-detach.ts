import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useDetach = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ type, value }: { type: string; value: string }) =>
      cdp.detachIdentity({ params: { id, type, value } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['profile', id] }),
  });
};
