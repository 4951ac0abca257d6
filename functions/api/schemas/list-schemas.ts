import { listSchemas } from '../../../core/contract/schemas.ts';
import { listSchemas as list } from '../../../core/flows/list-schemas.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSchemas, (_request, services) => list(services));
