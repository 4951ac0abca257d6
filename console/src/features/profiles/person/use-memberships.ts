import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useMemberships = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', id, 'segments'],
    queryFn: ({ signal }) => cdp.listProfileSegments({ params: { id } }, { signal }),
  });
};
