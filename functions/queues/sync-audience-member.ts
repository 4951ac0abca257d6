import { syncAudienceMember } from '../../core/contract/messages.ts';
import { syncMembers } from '../../core/flows/sync-members.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(syncAudienceMember, async (messages, services) => {
  await syncMembers(messages, services);
  return undefined;
});
