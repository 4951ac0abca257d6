import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { audienceWords } from '../../../words/audiences.ts';

export const useRetrySync = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (syncId: string) => cdp.retrySync({ params: { id, syncId } }),
    onSuccess: () => {
      noticeDone(audienceWords.retried);
      return queries.invalidateQueries({ queryKey: ['audiences', id] });
    },
    onError: noticeFailure,
  });
};
