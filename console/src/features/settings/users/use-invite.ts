import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../../../../core/model/caller.ts';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { settingsWords } from '../../../words/settings.ts';

export const useInvite = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; roles: Role[] }) => cdp.inviteUser({ body }),
    onSuccess: () => {
      noticeDone(settingsWords.users.invited);
      return queries.invalidateQueries({ queryKey: ['users'] });
    },
  });
};
