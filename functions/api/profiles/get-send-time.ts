import { getSendTime } from '../../../core/contract/predictions.ts';
import { bestSendTime } from '../../../core/flows/best-send-time.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getSendTime, ({ params, query }, services) =>
  bestSendTime(params.id, query.channel, services),
);
