import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

/** Both profiles of a pair. */
export const useBoth = ([one, other]: readonly [string, string]) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['both', one, other],
    queryFn: ({ signal }) =>
      Promise.all([
        cdp.getProfile({ params: { id: one } }, { signal }),
        cdp.getProfile({ params: { id: other } }, { signal }),
      ]),
  });
};
