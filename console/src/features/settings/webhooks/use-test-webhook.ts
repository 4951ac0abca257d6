import { useMutation, useQueryClient } from '@tanstack/react-query';
import { formatNumber } from '../../../lib/format.ts';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { settingsWords } from '../../../words/settings.ts';

const words = settingsWords.webhooks;

export const useTestWebhook = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => cdp.testWebhook({ params: { id } }),
    onSuccess: ({ state, attempts }) => {
      const last = attempts.at(-1);
      const reason = last?.error ?? String(last?.status ?? state);
      noticeDone(state === 'delivered' ? words.testDelivered(formatNumber(last?.latencyMs)) : words.testFailed(reason));
      return queries.invalidateQueries({ queryKey: ['webhooks', id] });
    },
    onError: noticeFailure,
  });
};
