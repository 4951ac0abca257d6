import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { IdentityConfig } from '../../../../../core/model/identity-config.ts';
import { useCdp } from '../../../lib/session.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { settingsWords } from '../../../words/settings.ts';

export const useSaveConfig = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ config, etag }: { config: Partial<IdentityConfig>; etag: string | null }) =>
      cdp.updateIdentityConfig({ body: config }, etag === null ? {} : { headers: { 'if-match': etag } }),
    onSuccess: () => {
      noticeDone(settingsWords.identity.saved);
      return queries.invalidateQueries({ queryKey: ['identity-config'] });
    },
  });
};
