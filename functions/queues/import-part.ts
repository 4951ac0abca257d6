import { importPart } from '../../core/contract/messages.ts';
import { importPart as work } from '../../core/flows/import-part.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(importPart, async (messages, services) => {
  for (const message of messages) await work(message, services);
  return undefined;
});
