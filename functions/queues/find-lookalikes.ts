import { findLookalikes } from '../../core/contract/messages.ts';
import { findLookalikes as work } from '../../core/flows/find-lookalikes.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(findLookalikes, async (messages, services) => {
  for (const message of messages) await work(message, services);
  return undefined;
});
