import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RouteRequest } from '../../../../../core/contract/route.ts';
import type { createWebhook } from '../../../../../core/contract/webhooks.ts';
import { useCdp } from '../../../lib/session.tsx';

export const useCreateWebhook = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteRequest<typeof createWebhook>['body']) => cdp.createWebhook({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
  });
};
