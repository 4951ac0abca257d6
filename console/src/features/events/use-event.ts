import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';

/** An event, and what became of it. */
export const useEvent = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['events', 'one', id],
    queryFn: ({ signal }) => cdp.getEvent({ params: { id } }, { signal }),
  });
};
export type EventTrace = NonNullable<ReturnType<typeof useEvent>['data']>;
