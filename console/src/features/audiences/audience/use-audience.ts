import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

export const useAudience = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['audiences', id],
    queryFn: ({ signal }) => cdp.getAudience({ params: { id } }, { signal }),
  });
};
export type ShownAudience = NonNullable<ReturnType<typeof useAudience>['data']>;
