import { useMutation } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { settingsWords } from '../../../words/settings.ts';

export const useTestSource = (id: string) => {
  const cdp = useCdp();
  return useMutation({
    mutationFn: () => cdp.testSource({ params: { id } }),
    onSuccess: ({ eventId }) => noticeDone(settingsWords.sources.tested(eventId)),
    onError: noticeFailure,
  });
};
