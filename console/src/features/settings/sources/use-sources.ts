import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const sourcesMax = 1000;
const askMilliseconds = 5_000;

export const useSources = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['sources'],
    queryFn: async ({ signal }) => (await cdp.listSources({ query: { limit: sourcesMax } }, { signal })).items,
    refetchInterval: askMilliseconds,
  });
};
export type ShownSource = NonNullable<ReturnType<typeof useSources>['data']>[number];
