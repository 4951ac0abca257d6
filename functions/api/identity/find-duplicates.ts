import { findDuplicates } from '../../../core/contract/matching.ts';
import { findDuplicates as find } from '../../../core/flows/find-duplicates.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(findDuplicates, async ({ params, query }, services) => ({
  items: await find(params.id, query.minScore, services),
}));
