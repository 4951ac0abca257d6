import { getMerge } from '../../../core/contract/merges.ts';
import { showMerge } from '../../../core/flows/show-merges.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getMerge, ({ params }, services) => showMerge(params.id, services));
