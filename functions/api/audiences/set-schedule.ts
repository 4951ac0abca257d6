import { setSchedule } from '../../../core/contract/audience-schedules.ts';
import { setSchedule as set } from '../../../core/flows/audience-schedules.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(setSchedule, ({ params, body }, services) => set(params.id, body, services));
