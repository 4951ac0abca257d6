import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { settingsWords } from '../../../words/settings.ts';

export const useRotateKey = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => cdp.rotateApiKey({ params: { id }, body: {} }),
    onSuccess: () => {
      noticeDone(settingsWords.keys.rotated);
      return queries.invalidateQueries({ queryKey: ['api-keys'] });
    },
    onError: noticeFailure,
  });
};
