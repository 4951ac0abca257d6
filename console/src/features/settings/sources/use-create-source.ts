import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SourceKind } from '../../../../../core/model/source-activity.ts';
import { useCdp } from '../../../lib/session.tsx';

export const useCreateSource = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; kind: SourceKind }) => cdp.createSource({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sources'] }),
  });
};
