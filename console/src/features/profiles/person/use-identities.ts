import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useIdentities = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', id, 'identities'],
    queryFn: async ({ signal }) => (await cdp.listIdentities({ params: { id } }, { signal })).items,
  });
};
export type Identity = NonNullable<ReturnType<typeof useIdentities>['data']>[number];
