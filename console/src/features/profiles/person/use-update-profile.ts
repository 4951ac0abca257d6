import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { updateProfile } from '../../../../../core/contract/profiles.ts';
import type { RouteRequest } from '../../../../../core/contract/route.ts';
import { useCdp } from '../../../lib/session.tsx';

type Changes = RouteRequest<typeof updateProfile>['body'];

/** Changes a profile if it still is as it was read; otherwise the failure has the status 412. */
export const useUpdateProfile = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ changes, etag }: { changes: Changes; etag: string | null }) =>
      cdp.updateProfile(
        { params: { id }, query: { source: 'console' }, body: changes },
        etag === null ? {} : { headers: { 'if-match': etag } },
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['profile', id] }),
  });
};
