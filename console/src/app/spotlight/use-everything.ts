import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';

const foundMax = 6;
const namedMax = 1000;

const named = <Item extends { name: string }>(items: readonly Item[], words: string): Item[] =>
  items.filter(({ name }) => name.toLowerCase().includes(words.toLowerCase())).slice(0, foundMax);

/** Profiles, segments and audiences that words lead to. */
export const useEverything = (words: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['everything', words],
    enabled: words !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const [profiles, segments, audiences] = await Promise.all([
        cdp.searchProfiles({ body: { query: words, limit: foundMax } }, { signal }),
        cdp.listSegments({ query: { limit: namedMax } }, { signal }),
        cdp.listAudiences({ query: { limit: namedMax } }, { signal }),
      ]);
      return {
        profiles: profiles.items,
        segments: named(segments.items, words),
        audiences: named(audiences.items, words),
      };
    },
  });
};
