import { disconnectIntegration } from '../../../core/contract/integrations.ts';
import { disconnectIntegration as disconnect } from '../../../core/flows/disconnect-integration.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(disconnectIntegration, async ({ params }, services) => {
  await disconnect(params.name, services);
  return undefined;
});
