import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCdp } from '../lib/session.tsx';

export const useConfigure = (name: string) => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { settings: Record<string, string>; secrets: Record<string, string> }) =>
      cdp.configureIntegration({ params: { name }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['integrations'] }),
  });
};
