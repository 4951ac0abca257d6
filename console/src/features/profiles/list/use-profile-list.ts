import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { SearchSort } from '../../../../../core/model/profile-search.ts';
import { useCdp } from '../../../lib/session.tsx';
import { withBeside } from '../../../lib/with-beside.ts';
import { firstSort, type ListSearch, searchBody } from './filters.ts';

const pageSize = 200;

/** The profiles that fit, page after page; `asOf` is the newest change that the answer knows. */
export const useProfileList = (search: ListSearch) => {
  const cdp = useCdp();
  return useInfiniteQuery({
    queryKey: ['profiles', search],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const sort = (search.sort ?? firstSort) as SearchSort;
      const place = cursor === undefined ? {} : { cursor };
      const { result, asOf } = await withBeside(heard =>
        cdp.searchProfiles({ body: { ...searchBody(search), sort, limit: pageSize, ...place } }, { signal, heard }),
      );
      return { ...result, asOf };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};
