import { cancelJob } from '../../../core/contract/system.ts';
import { cancelJob as cancel } from '../../../core/flows/cancel-job.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(cancelJob, ({ params }, services) => cancel(params.id, services));
