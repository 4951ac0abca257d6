import { showSegmentSettings } from '../../../core/contract/sdk/sdk-routes.ts';
import { segmentSettings } from '../../../core/engines/sdk/client-documents.ts';
import { askedAt } from '../../kit/asked-at.ts';
import { sdkEndpoint } from '../../kit/sdk-endpoint.ts';

export const handler = sdkEndpoint(showSegmentSettings, async ({ event, writeKey }) => ({
  data: segmentSettings(writeKey, askedAt(event)),
}));
