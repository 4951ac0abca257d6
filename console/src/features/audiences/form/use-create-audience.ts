import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { createAudience } from '../../../../../core/contract/audiences.ts';
import type { RouteRequest } from '../../../../../core/contract/route.ts';
import { useCdp } from '../../../lib/session.tsx';

export const useCreateAudience = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteRequest<typeof createAudience>['body']) => cdp.createAudience({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['audiences'] }),
  });
};
