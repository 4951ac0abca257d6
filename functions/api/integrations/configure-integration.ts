import { configureIntegration } from '../../../core/contract/integrations.ts';
import { configureIntegration as configure } from '../../../core/flows/configure-integration.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(configureIntegration, ({ params: { name }, body, caller }, services) =>
  configure({ name, ...body, callerId: caller.id }, services),
);
