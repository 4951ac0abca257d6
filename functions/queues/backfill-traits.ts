import { backfillTraits } from '../../core/contract/messages.ts';
import { backfillPartition } from '../../core/flows/backfill-traits.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(backfillTraits, async (messages, services) => {
  for (const message of messages) await backfillPartition(message, services);
  return undefined;
});
