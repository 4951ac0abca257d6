import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { settingsWords } from '../../../words/settings.ts';

export const useRemoveUser = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => cdp.removeUser({ params: { id } }),
    onSuccess: () => {
      noticeDone(settingsWords.users.removed);
      return queries.invalidateQueries({ queryKey: ['users'] });
    },
    onError: noticeFailure,
  });
};
