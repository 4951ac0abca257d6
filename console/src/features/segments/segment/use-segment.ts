import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { withBeside } from '../../../lib/with-beside.ts';

/** A segment, with the tag that a change must bring along. */
export const useSegment = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['segments', id],
    queryFn: async ({ signal }) => {
      const { result, etag } = await withBeside(heard => cdp.getSegment({ params: { id } }, { signal, heard }));
      return { segment: result, etag };
    },
  });
};
