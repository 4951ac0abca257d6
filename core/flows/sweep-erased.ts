import type { MessageBody, syncAudienceMember } from '../contract/messages.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Queue } from '../ports/outlets.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';

export interface SweepTools {
  profiles: ProfileStore;
  recipients: RecipientStore;
  seals: ProfileSeals;
  queues: { syncAudienceMember: Queue<MessageBody<typeof syncAudienceMember>> };
}

const lanes = 8;

/**
 * Removes what an erased profile left behind and tells every destination that may hold the person. What we told them is
 * kept until they have taken the removal. With its key nobody reads any more who its events in the lake are of. Tells how many items were removed.
 */
export const sweepErased = async (profileId: string, tools: SweepTools): Promise<number> => {
  const profile = await tools.profiles.get(profileId);
  if (profile?.head.life !== 'erased') return 0;
  await tools.seals.destroy(profileId);
  const records = await tools.recipients.ofProfile(profileId);
  const held = records.filter(({ state }) => state !== 'removed');
  await tools.queues.syncAudienceMember.send(
    held.map(({ audienceId, platform }) => ({ audienceId, platform, profileId })),
  );
  const over = records.filter(({ state }) => state === 'removed');
  await inLanes(over, lanes, record => tools.recipients.forget(record));
  return tools.profiles.sweep(profileId);
};
