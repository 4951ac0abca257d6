import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Group } from '../../../../../core/language/condition.ts';
import { useCdp } from '../../../lib/session.tsx';

const sampleSize = 5;

/** How many fit right now, and some of them: count and sample come from one question. */
export const useLiveCount = (rules: Group, isReady: boolean) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['live-count', rules],
    placeholderData: keepPreviousData,
    retry: false,
    enabled: isReady,
    queryFn: ({ signal }) => cdp.searchProfiles({ body: { rules, limit: sampleSize } }, { signal }),
  });
};
