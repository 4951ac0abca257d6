import { syncAudience } from '../../core/contract/messages.ts';
import { queuePartition } from '../../core/flows/sync-audience.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(syncAudience, async (messages, services) => {
  for (const message of messages) await queuePartition(message, services);
  return undefined;
});
