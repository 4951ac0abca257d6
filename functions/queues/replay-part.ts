import { replayPart } from '../../core/contract/messages.ts';
import { replayPart as work } from '../../core/flows/replay-part.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(replayPart, async (messages, services) => {
  for (const message of messages) await work(message, services);
  return undefined;
});
