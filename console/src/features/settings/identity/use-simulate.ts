import { useMutation } from '@tanstack/react-query';
import type { IdentityConfig } from '../../../../../core/model/identity-config.ts';
import { useCdp } from '../../../lib/session.tsx';

const sample = 5000;

/** Tells what another configuration would change; nothing is written. */
export const useSimulate = () => {
  const cdp = useCdp();
  return useMutation({
    mutationFn: (config: Partial<IdentityConfig>) => cdp.simulateIdentityConfig({ body: { config, sample } }),
  });
};
export type Simulated = NonNullable<ReturnType<typeof useSimulate>['data']>;
