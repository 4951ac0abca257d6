import { useQuery } from '@tanstack/react-query';
import type { MergeStrategy } from '../../../../../core/model/merge-record.ts';
import { useCdp } from '../../../lib/session.tsx';

/** What a merge would decide; nothing is written. */
export const useMergePreview = (primaryProfileId: string, otherId: string | undefined, strategy: MergeStrategy) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', primaryProfileId, 'merge-preview', otherId, strategy],
    enabled: otherId !== undefined,
    queryFn: ({ signal }) =>
      cdp.mergeProfiles(
        { body: { primaryProfileId, secondaryProfileIds: [otherId ?? ''], strategy, dryRun: true } },
        { signal },
      ),
  });
};
export type MergePreview = NonNullable<ReturnType<typeof useMergePreview>['data']>;
