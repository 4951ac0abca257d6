import { bulkPart } from '../../core/contract/messages.ts';
import { bulkPart as work } from '../../core/flows/bulk-part.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(bulkPart, async (messages, services) => {
  for (const message of messages) await work(message, services);
  return undefined;
});
