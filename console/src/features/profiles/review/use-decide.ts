import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

interface Decision {
  decision: 'merge' | 'reject' | 'defer';
  primaryProfileId?: string;
  note?: string;
}

export const useDecide = (pairId: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Decision) => cdp.decideDuplicate({ params: { id: pairId }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['pairs'] }),
  });
};
