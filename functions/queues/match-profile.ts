import { matchProfile } from '../../core/contract/messages.ts';
import { matchProfiles } from '../../core/flows/match-profiles.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(matchProfile, async (messages, services) => {
  const { accountCurrency, consentMergePolicy, autoMerge } = services.settings;
  return matchProfiles(messages, { ...services, accountCurrency, consentMergePolicy, autoMerge });
});
