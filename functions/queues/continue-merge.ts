import { continueMerge } from '../../core/contract/messages.ts';
import { continueMerge as goOn } from '../../core/flows/continue-merge.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(continueMerge, async (messages, services) => {
  const { accountCurrency } = services.settings;
  const open = new Set<(typeof messages)[number]>();
  for (const message of messages) {
    if (!(await goOn(message.mergeId, { ...services, accountCurrency }))) open.add(message);
  }
  return open;
});
