import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../ui/notices.tsx';
import { privacyWords } from '../../words/privacy.ts';

export const useRecordOptOut = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (profileId: string) => cdp.optOut({ body: { profileId, source: 'agent' } }),
    onSuccess: () => {
      noticeDone(privacyWords.ccpa.recorded);
      return queries.invalidateQueries({ queryKey: ['opt-out'] });
    },
    onError: noticeFailure,
  });
};
