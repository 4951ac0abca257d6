import { getIdentityConfig } from '../../../core/contract/matching.ts';
import { identityConfigTag, readIdentityConfig, showIdentityConfig } from '../../../core/flows/identity-config.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getIdentityConfig, async (_request, { identityConfigs }) => {
  const stored = await readIdentityConfig(identityConfigs);
  return new Answer(showIdentityConfig(stored), { headers: { etag: identityConfigTag(stored) } });
});
