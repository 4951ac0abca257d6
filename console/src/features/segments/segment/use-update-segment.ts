import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SegmentPatch } from '../../../../../core/contract/segments.ts';
import { useCdp } from '../../../lib/session.tsx';

export const useUpdateSegment = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, etag }: { body: SegmentPatch; etag: string | null }) =>
      cdp.updateSegment({ params: { id }, body }, etag === null ? {} : { headers: { 'if-match': etag } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['segments'] }),
  });
};
