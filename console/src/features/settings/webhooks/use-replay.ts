import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { settingsWords } from '../../../words/settings.ts';

export const useReplay = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) => cdp.replayWebhookDelivery({ params: { id, deliveryId } }),
    onSuccess: () => {
      noticeDone(settingsWords.webhooks.replayed);
      return queries.invalidateQueries({ queryKey: ['webhooks', id] });
    },
    onError: noticeFailure,
  });
};
