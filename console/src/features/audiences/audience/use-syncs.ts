import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const syncsMax = 100;
const busyMilliseconds = 1_500;

/** The syncs of an audience, newest first; asked for again as long as one of them runs. */
export const useSyncs = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['audiences', id, 'syncs'],
    queryFn: async ({ signal }) =>
      (await cdp.listSyncs({ params: { id }, query: { limit: syncsMax } }, { signal })).items,
    refetchInterval: ({ state }) =>
      state.data?.some(({ status, counts }) => status === 'running' || counts.pending > 0) ? busyMilliseconds : false,
  });
};
export type Sync = NonNullable<ReturnType<typeof useSyncs>['data']>[number];
