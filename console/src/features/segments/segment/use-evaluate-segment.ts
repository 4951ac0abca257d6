import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { segmentWords } from '../../../words/segments.ts';

export const useEvaluateSegment = (id: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => cdp.evaluateSegmentNow({ params: { id } }),
    onSuccess: () => {
      noticeDone(segmentWords.evaluating);
      return Promise.all([
        queries.invalidateQueries({ queryKey: ['jobs'] }),
        queries.invalidateQueries({ queryKey: ['segments', id, 'size'] }),
      ]);
    },
    onError: noticeFailure,
  });
};
