import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Platform } from '../../../../../core/model/platform-config.ts';
import { useCdp } from '../../../lib/session.tsx';

export type Operation = 'add' | 'remove' | 'replace';

/** Sends an audience to a platform. */
export const useActivate = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { platform: Platform; operation: Operation }) => cdp.activateAudience({ params: { id }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['audiences'] }),
  });
};
