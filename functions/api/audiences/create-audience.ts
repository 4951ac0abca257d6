import { createAudience } from '../../../core/contract/audiences.ts';
import { audienceWarnings, createAudience as create } from '../../../core/flows/create-audience.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createAudience, async ({ body }, services) => {
  const audience = await create(body, services.settings.egressAllow, services);
  const warnings = await audienceWarnings(audience, services);
  const secret = audience.platforms.includes('webhook') ? await services.signingSecretOf(audience.id) : undefined;
  return {
    ...audience,
    ...(secret === undefined ? {} : { signingSecret: secret }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
});
