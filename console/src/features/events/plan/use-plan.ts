import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

/** The tracking plan. */
export const usePlan = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['plan'],
    queryFn: async ({ signal }) => (await cdp.listSchemas({}, { signal })).items,
  });
};
export type PlannedType = NonNullable<ReturnType<typeof usePlan>['data']>[number];
