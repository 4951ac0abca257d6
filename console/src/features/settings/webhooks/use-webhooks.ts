import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const webhooksMax = 1000;

export const useWebhooks = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['webhooks'],
    queryFn: async ({ signal }) => (await cdp.listWebhooks({ query: { limit: webhooksMax } }, { signal })).items,
  });
};
export type ShownWebhook = NonNullable<ReturnType<typeof useWebhooks>['data']>[number];
