import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const keysMax = 1000;

export const useKeys = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['api-keys'],
    queryFn: async ({ signal }) => (await cdp.listApiKeys({ query: { limit: keysMax } }, { signal })).items,
  });
};
export type ShownKey = NonNullable<ReturnType<typeof useKeys>['data']>[number];
