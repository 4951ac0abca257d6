import { reconcileProfiles } from '../../core/contract/messages.ts';
import { reconcilePartition } from '../../core/flows/reconcile-profiles.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(reconcileProfiles, async (messages, services) => {
  const { accountCurrency } = services.settings;
  for (const message of messages) await reconcilePartition(message, { ...services, accountCurrency });
  return undefined;
});
