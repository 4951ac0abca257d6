import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';
import { withBeside } from '../../lib/with-beside.ts';

/** How many people consent to what, and as of when that is so. */
export const useConsentSummary = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['consent-summary'],
    queryFn: ({ signal }) => withBeside(heard => cdp.summarizeConsent({}, { signal, heard })),
  });
};
export type ConsentSummary = NonNullable<ReturnType<typeof useConsentSummary>['data']>['result'];
