import { continueMerge } from '../../core/contract/messages.ts';
import { continueMerge as goOn } from '../../core/flows/continue-merge.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(continueMerge, async (messages, services) => {
  const { accountCurrency } = services.settings;
  for (const { mergeId } of messages) await goOn(mergeId, { ...services, accountCurrency });
  return undefined;
});
