import { followConsent } from '../../core/contract/messages.ts';
import { followConsent as follow } from '../../core/flows/follow-consent.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(followConsent, async (messages, services) => {
  for (const profileId of new Set(messages.map(message => message.profileId))) await follow(profileId, services);
  return undefined;
});
