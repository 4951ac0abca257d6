import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useEraseProfile = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => cdp.deleteProfile({ params: { id }, query: { reason: 'console' } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['profiles'] }),
  });
};
