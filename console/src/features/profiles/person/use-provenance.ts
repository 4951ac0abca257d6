import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const entriesMax = 1000;

/** Who told of a field what stands there, and when they said it. */
export interface Provenance {
  source: string;
  saidAt: string;
  actor?: string | undefined;
}

/** By field: where its value comes from, the newest word first. */
export const useProvenance = (id: string) => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['profile', id, 'provenance'],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Provenance>> => {
      const { items } = await cdp.getHistory({ params: { id }, query: { limit: entriesMax } }, { signal });
      return new Map(items.toReversed().map(({ field, source, saidAt, actor }) => [field, { source, saidAt, actor }]));
    },
  });
};
