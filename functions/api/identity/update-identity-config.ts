import { updateIdentityConfig } from '../../../core/contract/matching.ts';
import {
  identityConfigTag,
  showIdentityConfig,
  updateIdentityConfig as update,
} from '../../../core/flows/identity-config.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateIdentityConfig, async ({ body: changes, headers, caller }, services) => {
  const stored = await update({ changes, ifMatch: headers['if-match'], callerId: caller.id }, services);
  return new Answer(showIdentityConfig(stored), { headers: { etag: identityConfigTag(stored) } });
});
