import { resolveIdentity } from '../../../core/contract/matching.ts';
import { resolveIdentity as resolve } from '../../../core/flows/resolve-identity.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(resolveIdentity, async ({ body }, services) => {
  const { autoMerge } = services.settings;
  return resolve(body, { ...services, autoMerge });
});
