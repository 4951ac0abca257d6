import { activateAudience } from '../../../core/contract/audiences.ts';
import { activateAudience as activate } from '../../../core/flows/activate-audience.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(activateAudience, ({ params, body }, services) => activate(params.id, body, services));
