import { exportPart } from '../../core/contract/messages.ts';
import { exportPart as work } from '../../core/flows/export-part.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(exportPart, async (messages, services) => {
  for (const message of messages) await work(message, services);
  return undefined;
});
