import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useCdp } from '../../../lib/session.tsx';
import type { ShownEvent } from '../event-columns.tsx';
import type { EventSearch } from '../event-search.ts';

const askMilliseconds = 1_500;
const keptMax = 2_000;

interface Feed {
  events: readonly ShownEvent[];
  gap: boolean;
}

/** Events as they have their effect, newest first, from the moment on when one begins to look. */
export const useFeed = ({ type, profileId }: EventSearch) => {
  const cdp = useCdp();
  const place = useRef<{ key: string; after: string; feed: Feed }>(undefined);
  const key = JSON.stringify([type, profileId]);
  return useQuery({
    queryKey: ['events', 'feed', key],
    refetchInterval: askMilliseconds,
    staleTime: 0,
    queryFn: async ({ signal }): Promise<Feed> => {
      const known = place.current?.key === key ? place.current : undefined;
      const filter = { ...(type ? { type } : {}), ...(profileId ? { profileId } : {}) };
      const { items, after, gap } = await cdp.streamEvents(
        { query: { ...filter, after: known?.after ?? 'now' } },
        { signal },
      );
      const events = [...items.toReversed(), ...(known?.feed.events ?? [])].slice(0, keptMax);
      const feed = { events, gap: gap || (known?.feed.gap ?? false) };
      place.current = { key, after, feed };
      return feed;
    },
  });
};
