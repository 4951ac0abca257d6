import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const entriesMax = 100;

/** Who read and changed what about a person in the last 30 days. */
export const useAuditOf = (subject: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', subject, 'audit'],
    queryFn: async ({ signal }) => (await cdp.listAudit({ query: { subject, limit: entriesMax } }, { signal })).items,
  });
};
