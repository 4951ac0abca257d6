import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../lib/session.tsx';
import { noticeDone, noticeFailure } from '../ui/notices.tsx';
import { integrationWords } from '../words/integrations.ts';

export const useDisconnect = (name: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => cdp.disconnectIntegration({ params: { name } }),
    onSuccess: () => {
      noticeDone(integrationWords.disconnected);
      return queries.invalidateQueries({ queryKey: ['integrations'] });
    },
    onError: noticeFailure,
  });
};
