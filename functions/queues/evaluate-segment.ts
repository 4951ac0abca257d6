import { evaluateSegment } from '../../core/contract/messages.ts';
import { evaluatePartition } from '../../core/flows/evaluate-segment.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(evaluateSegment, async (messages, services) => {
  for (const message of messages) await evaluatePartition(message, services);
  return undefined;
});
