import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MergeStrategy } from '../../../../../core/model/merge-record.ts';
import { useCdp } from '../../../lib/session.tsx';

export const useMerge = (primaryProfileId: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ otherId, strategy }: { otherId: string; strategy: MergeStrategy }) =>
      cdp.mergeProfiles({ body: { primaryProfileId, secondaryProfileIds: [otherId], strategy } }),
    onSuccess: () => queries.invalidateQueries(),
  });
};
