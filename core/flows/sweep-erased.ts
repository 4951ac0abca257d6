import type { MessageBody, syncAudienceMember } from '../contract/messages.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Queue } from '../ports/outlets.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import { eraseFromLake, type LakeErasureTools } from './erase-from-lake.ts';

export interface SweepTools extends LakeErasureTools {
  profiles: ProfileStore;
  recipients: RecipientStore;
  queues: { syncAudienceMember: Queue<MessageBody<typeof syncAudienceMember>> };
}

const lanes = 8;

/**
 * Removes what an erased profile left behind and tells every destination that may hold the person. What we told them is
 * kept until they have taken the removal. What is found by identifiers alone goes with these. Tells how many items were
 * removed.
 */
export const sweepErased = async (
  profileId: string,
  tools: SweepTools,
  matchKeys: readonly string[] = [],
): Promise<number> => {
  const profile = await tools.profiles.get(profileId);
  if (profile?.head.life !== 'erased') return 0;
  await eraseFromLake(profile, tools);
  const records = await tools.recipients.ofProfile(profileId);
  const held = records.filter(({ state }) => state !== 'removed');
  await tools.queues.syncAudienceMember.send(
    held.map(({ audienceId, platform }) => ({ audienceId, platform, profileId })),
  );
  const over = records.filter(({ state }) => state === 'removed');
  await inLanes(over, lanes, record => tools.recipients.forget(record));
  return tools.profiles.sweep(profileId, matchKeys);
};
