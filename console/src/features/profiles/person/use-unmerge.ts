import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

/** Undoes a merge; with `dryRun` it tells what would become of both. */
export const useUnmerge = (mergeId: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ reason, dryRun }: { reason: string; dryRun: boolean }) =>
      cdp.unmergeProfiles({ params: { id: mergeId }, body: { reason, dryRun } }),
    onSuccess: ({ dryRun }) => (dryRun ? undefined : queries.invalidateQueries()),
  });
};
export type Unmerged = NonNullable<ReturnType<typeof useUnmerge>['data']>;
