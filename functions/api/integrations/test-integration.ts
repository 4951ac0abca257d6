import { testIntegration } from '../../../core/contract/integrations.ts';
import { testIntegration as test } from '../../../core/flows/test-integration.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(testIntegration, ({ params }, services) => test(params.name, services));
