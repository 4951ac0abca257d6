import { syncAudience } from '../../core/contract/messages.ts';
import { workSyncPart } from '../../core/flows/sync-audience.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(syncAudience, async (messages, services) => {
  for (const message of messages) await workSyncPart(message, services);
  return undefined;
});
