import { showRudderConfig } from '../../../core/contract/sdk/sdk-routes.ts';
import { rudderConfig } from '../../../core/engines/sdk/client-documents.ts';
import { sdkEndpoint } from '../../kit/sdk-endpoint.ts';

export const handler = sdkEndpoint(showRudderConfig, async ({ caller, writeKey }) => ({
  data: rudderConfig(writeKey, caller.id),
}));
