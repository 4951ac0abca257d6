import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RouteRequest } from '../../../../../core/contract/route.ts';
import type { setSchema } from '../../../../../core/contract/schemas.ts';
import { useCdp } from '../../../lib/session.tsx';

type Body = RouteRequest<typeof setSchema>['body'];

export const useSetSchema = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ eventType, ...body }: Body & { eventType: string }) =>
      cdp.setSchema({ params: { eventType }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['plan'] }),
  });
};
