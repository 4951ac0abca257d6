import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';

const pageSize = 100;

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
}

/** Who called what about whom, newest first. */
export const useAudit = ({ actor, action, subject }: AuditFilter) => {
  const cdp = useCdp();
  return useInfiniteQuery({
    queryKey: ['audit', actor, action, subject],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      cdp.listAudit({ query: { actor, action, subject, limit: pageSize, cursor } }, { signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};
export type AuditLine = NonNullable<ReturnType<typeof useAudit>['data']>['pages'][number]['items'][number];
