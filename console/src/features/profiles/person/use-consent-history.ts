import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

/** Every version of somebody's consents, newest first. */
export const useConsentHistory = (profileId: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', profileId, 'consent', 'history'],
    queryFn: async ({ signal }) =>
      (await cdp.listConsentHistory({ params: { profileId } }, { signal })).items.toReversed(),
  });
};
