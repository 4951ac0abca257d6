import { redriveEvents } from '../../core/contract/messages.ts';
import { redrivePart } from '../../core/flows/redrive-quarantined.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(redriveEvents, async (messages, services) => {
  for (const message of messages) await redrivePart(message, services);
  return undefined;
});
