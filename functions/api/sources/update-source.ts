import { updateSource } from '../../../core/contract/sources.ts';
import { updateSource as update } from '../../../core/flows/update-source.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateSource, ({ params, body }, services) => update(params.id, body, services));
