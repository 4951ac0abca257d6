import { handleRequest } from '../../core/contract/messages.ts';
import { handleRequest as work } from '../../core/flows/handle-request.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(handleRequest, async (messages, services) => {
  for (const message of messages) await work(message, services);
  return undefined;
});
