import { useQuery } from '@tanstack/react-query';
import type { PairStatus } from '../../../../../core/model/profile-pair.ts';
import { useCdp } from '../../../lib/session.tsx';

const pairsMax = 100;

/** Pairs of profiles that may be one person, best first. */
export const usePairs = (status: PairStatus) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['pairs', status],
    queryFn: async ({ signal }) => (await cdp.listDuplicates({ query: { status, limit: pairsMax } }, { signal })).items,
  });
};
export type Pair = NonNullable<ReturnType<typeof usePairs>['data']>[number];
