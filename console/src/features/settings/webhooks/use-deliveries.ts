import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const deliveriesMax = 50;
const askMilliseconds = 4_000;

/** What a webhook was told, newest first. */
export const useDeliveries = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: async ({ signal }) =>
      (await cdp.listWebhookDeliveries({ params: { id }, query: { limit: deliveriesMax } }, { signal })).items,
    refetchInterval: askMilliseconds,
  });
};
