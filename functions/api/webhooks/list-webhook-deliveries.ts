import { answeredPage } from '../../../core/contract/paging.ts';
import { listWebhookDeliveries } from '../../../core/contract/webhooks.ts';
import { listWebhookDeliveries as list } from '../../../core/flows/list-webhook-deliveries.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listWebhookDeliveries, async ({ params: { id }, query }, services) =>
  answeredPage(query, await list(id, query, services)),
);
