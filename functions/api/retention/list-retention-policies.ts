import { listRetentionPolicies } from '../../../core/contract/retention.ts';
import { showRetention } from '../../../core/flows/show-retention.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listRetentionPolicies, async (_request, services) => ({
  items: await showRetention(services),
}));
