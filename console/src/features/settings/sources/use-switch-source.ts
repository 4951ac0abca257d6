import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeFailure } from '../../../ui/notices.tsx';

/** Enables or disables a source. */
export const useSwitchSource = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) => cdp.updateSource({ params: { id }, body: { enabled } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sources'] }),
    onError: noticeFailure,
  });
};
