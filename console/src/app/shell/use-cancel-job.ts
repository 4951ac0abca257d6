import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';
import { noticeFailure } from '../../ui/notices.tsx';

export const useCancelJob = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => cdp.cancelJob({ params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
    onError: noticeFailure,
  });
};
