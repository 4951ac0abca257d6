import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { createApiKey } from '../../../../../core/contract/api-keys.ts';
import type { RouteRequest } from '../../../../../core/contract/route.ts';
import { useCdp } from '../../../lib/session.tsx';

export const useCreateKey = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteRequest<typeof createApiKey>['body']) => cdp.createApiKey({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  });
};
