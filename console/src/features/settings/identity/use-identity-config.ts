import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';
import { withBeside } from '../../../lib/with-beside.ts';

export const useIdentityConfig = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['identity-config'],
    queryFn: ({ signal }) => withBeside(heard => cdp.getIdentityConfig({}, { signal, heard })),
  });
};
export type ShownConfig = NonNullable<ReturnType<typeof useIdentityConfig>['data']>['result'];
