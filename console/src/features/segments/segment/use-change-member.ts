import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeFailure } from '../../../ui/notices.tsx';

/** Puts somebody into a segment by hand, or takes them out. */
export const useChangeMember = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ profileId, isMember }: { profileId: string; isMember: boolean }): Promise<void> => {
      if (isMember) await cdp.addMembers({ params: { id }, body: { profileIds: [profileId] } });
      else await cdp.removeMember({ params: { id, profileId } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['segments', id] }),
    onError: noticeFailure,
  });
};
