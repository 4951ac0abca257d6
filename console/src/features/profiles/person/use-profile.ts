import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { withBeside } from '../../../lib/with-beside.ts';

/** A person as they stand, with the tag that a change must bring along. */
export const useProfile = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', id],
    queryFn: async ({ signal }) => {
      const { result, etag } = await withBeside(heard => cdp.getProfile({ params: { id } }, { signal, heard }));
      return { profile: result, etag };
    },
  });
};
export type ShownProfile = NonNullable<ReturnType<typeof useProfile>['data']>['profile'];
