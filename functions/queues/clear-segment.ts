import { clearSegment } from '../../core/contract/messages.ts';
import { clearPartition } from '../../core/flows/clear-segment.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(clearSegment, async (messages, services) => {
  for (const message of messages) await clearPartition(message, services);
  return undefined;
});
