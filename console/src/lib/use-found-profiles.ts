import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { profileName } from './profile-name.ts';
import { useCdp } from './session.tsx';

const foundMax = 12;

/** People that words lead to, to choose from. */
export const useFoundProfiles = (words: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['found', words],
    enabled: words !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { items } = await cdp.searchProfiles({ body: { query: words, limit: foundMax } }, { signal });
      return items.map(profile => ({
        value: profile.id,
        label: `${profileName(profile)} · ${profile.attributes.email ?? profile.externalIds.customerId ?? profile.id}`,
      }));
    },
  });
};
