import { sweepProfile } from '../../core/contract/messages.ts';
import { sweepErased } from '../../core/flows/sweep-erased.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(sweepProfile, async (messages, services) => {
  for (const { profileId } of messages) await sweepErased(profileId, services);
  return undefined;
});
