import { setRetentionPolicy } from '../../../core/contract/retention.ts';
import { notFound } from '../../../core/errors.ts';
import { setRetention } from '../../../core/flows/set-retention.ts';
import { showRetention } from '../../../core/flows/show-retention.ts';
import { retentionClasses } from '../../../core/model/retention-policy.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(setRetentionPolicy, async ({ params: { name }, body }, services) => {
  const known = retentionClasses.find(one => one === name);
  if (known === undefined) throw notFound('Policy', name);
  await setRetention(known, body, services);
  services.dropRetention();
  const shown = (await showRetention(services)).find(policy => policy.name === name);
  if (!shown) throw notFound('Policy', name);
  return shown;
});
