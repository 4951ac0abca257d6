import { replayWebhookDelivery } from '../../../core/contract/webhooks.ts';
import { replayWebhookDelivery as replay } from '../../../core/flows/replay-webhook-delivery.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(replayWebhookDelivery, ({ params: { id, deliveryId } }, services) =>
  replay(id, deliveryId, services),
);
