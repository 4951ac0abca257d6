import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';

/** Does somebody object to sale and sharing? */
export const useOptOut = (profileId: string | undefined) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['opt-out', profileId],
    enabled: profileId !== undefined,
    queryFn: ({ signal }) => cdp.getOptOut({ params: { profileId: profileId ?? '' } }, { signal }),
  });
};
