import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeFailure } from '../../../ui/notices.tsx';

/** Lets a webhook pause, or go on. */
export const useChangeWebhook = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (active: boolean) => cdp.updateWebhook({ params: { id }, body: { active } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
    onError: noticeFailure,
  });
};
