import { useQuery } from '@tanstack/react-query';
import type { Platform } from '../../../../../core/model/platform-config.ts';
import { useCdp } from '../../../lib/session.tsx';
import type { Operation } from './use-activate.ts';

/** What an activation would do; nothing is sent. */
export const usePlan = (id: string, platform: Platform, operation: Operation) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['audiences', id, 'plan', platform, operation],
    queryFn: async ({ signal }) =>
      (await cdp.activateAudience({ params: { id }, body: { platform, operation, dryRun: true } }, { signal })).planned,
    staleTime: 0,
    retry: false,
  });
};
