import type { MessageBody, reevaluateProfile } from '../contract/messages.ts';
import type { FlipTimers } from '../ports/flip-timers.ts';
import type { Queue } from '../ports/outlets.ts';
import { listPartitions } from '../ports/profile-store.ts';

interface FireTools {
  flipTimers: FlipTimers;
  queues: { reevaluateProfile: Queue<MessageBody<typeof reevaluateProfile>> };
  now: () => Date;
}

/** By then a message has been worked, or is lost. */
const handedSeconds = 15 * 60;
const perPartitionMax = 1000;

/** Has everybody decided again for whom time has come to change something. Returns how many. */
export const fireFlipTimers = async ({ flipTimers, queues, now }: FireTools): Promise<number> => {
  const at = now().getTime();
  let fired = 0;
  for (let partition = 0; partition < listPartitions; partition += 1) {
    const due = await flipTimers.takeDue(partition, at, at + handedSeconds * 1000, perPartitionMax);
    await queues.reevaluateProfile.send(due.map(profileId => ({ profileId, version: 0 })));
    fired += due.length;
  }
  return fired;
};
