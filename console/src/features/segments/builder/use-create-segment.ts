import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RouteRequest } from '../../../../../core/contract/route.ts';
import type { createSegment } from '../../../../../core/contract/segments.ts';
import { useCdp } from '../../../lib/session.tsx';

export const useCreateSegment = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteRequest<typeof createSegment>['body']) => cdp.createSegment({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['segments'] }),
  });
};
