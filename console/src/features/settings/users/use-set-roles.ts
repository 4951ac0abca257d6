import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../../../../core/model/caller.ts';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { settingsWords } from '../../../words/settings.ts';

export const useSetRoles = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, roles }: { id: string; roles: Role[] }) => cdp.updateUser({ params: { id }, body: { roles } }),
    onSuccess: () => {
      noticeDone(settingsWords.users.changed);
      return queries.invalidateQueries({ queryKey: ['users'] });
    },
    onError: noticeFailure,
  });
};
