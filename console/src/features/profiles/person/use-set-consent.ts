import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConsentChannel } from '../../../../../core/model/profile.ts';
import { useCdp } from '../../../lib/session.tsx';
import { noticeFailure } from '../../../ui/notices.tsx';

export const useSetConsent = (profileId: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ channel, granted }: { channel: ConsentChannel; granted: boolean }) =>
      cdp.setConsent({ body: { profileId, source: 'console', [channel]: granted } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['profile', profileId] }),
    onError: noticeFailure,
  });
};
