import { useQuery } from '@tanstack/react-query';
import { useCdp } from './session.tsx';

/** Why somebody is in a segment, or not. */
export const useExplanation = (id: string | undefined, profileId: string | undefined) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['explanation', id, profileId],
    enabled: id !== undefined && profileId !== undefined,
    queryFn: ({ signal }) =>
      cdp.explainMembership({ params: { id: id ?? '', profileId: profileId ?? '' } }, { signal }),
  });
};
export type Explanation = NonNullable<ReturnType<typeof useExplanation>['data']>;
