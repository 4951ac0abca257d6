import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../lib/session.tsx';
import { noticeDone, noticeFailure } from '../ui/notices.tsx';
import { integrationWords } from '../words/integrations.ts';

export const useTestIntegration = (name: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => cdp.testIntegration({ params: { name } }),
    onSuccess: ({ ok, reason }) => {
      noticeDone(ok ? integrationWords.passed : `${integrationWords.refused} ${reason ?? ''}`);
      return queries.invalidateQueries({ queryKey: ['integrations'] });
    },
    onError: noticeFailure,
  });
};
