import { useMutation } from '@tanstack/react-query';
import { useCdp } from '../../lib/session.tsx';

/** Follows the chains of the last days from their beginning. */
export const useVerifyAudit = () => {
  const cdp = useCdp();
  return useMutation({ mutationFn: () => cdp.verifyAudit() });
};
