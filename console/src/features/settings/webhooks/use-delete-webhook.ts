import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeFailure } from '../../../ui/notices.tsx';

export const useDeleteWebhook = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => cdp.deleteWebhook({ params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
    onError: noticeFailure,
  });
};
