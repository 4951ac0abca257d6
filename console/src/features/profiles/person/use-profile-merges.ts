import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const mergesMax = 100;
const busyMilliseconds = 1_000;

/** Merges that a person took part in, newest first. */
export const useProfileMerges = (profileId: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', profileId, 'merges'],
    queryFn: async ({ signal }) => (await cdp.listMerges({ query: { profileId, limit: mergesMax } }, { signal })).items,
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'merging' || status === 'unmerging') ? busyMilliseconds : false,
  });
};
export type Merge = NonNullable<ReturnType<typeof useProfileMerges>['data']>[number];
