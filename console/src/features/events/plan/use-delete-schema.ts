import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useDeleteSchema = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (eventType: string) => cdp.deleteSchema({ params: { eventType } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['plan'] }),
  });
};
