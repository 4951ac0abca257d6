import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useConsentRecord = (profileId: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', profileId, 'consent'],
    queryFn: ({ signal }) => cdp.getConsent({ params: { profileId } }, { signal }),
  });
};
