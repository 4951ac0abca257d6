import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../lib/session.tsx';

/** Outside systems for a purpose, and whether they are connected. */
export const useIntegrations = (purpose: 'destination' | 'enrichment') => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['integrations', purpose],
    queryFn: async ({ signal }) => {
      const { items } = await cdp.listIntegrations({}, { signal });
      return items.filter(integration => integration.purpose === purpose);
    },
  });
};
export type ShownIntegration = NonNullable<ReturnType<typeof useIntegrations>['data']>[number];
