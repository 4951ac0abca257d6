import type { MessageBody, syncAudienceMember } from '../contract/messages.ts';
import type { Queue } from '../ports/outlets.ts';
import { listPartitions } from '../ports/profile-store.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';

export interface RetryTools {
  recipients: RecipientStore;
  queues: { syncAudienceMember: Queue<MessageBody<typeof syncAudienceMember>> };
  now: () => Date;
}

/** By then a message has been worked, or is lost. */
const handedSeconds = 15 * 60;
const perPartitionMax = 1000;

/**
 * Hands failed deliveries whose time has come to their queue, where everything about them is decided again. Running
 * twice for one minute hands nothing twice. Returns how many.
 */
export const retryDeliveries = async ({ recipients, queues, now }: RetryTools): Promise<number> => {
  const at = now().getTime();
  let handed = 0;
  for (let partition = 0; partition < listPartitions; partition += 1) {
    const due = await recipients.takeDue(partition, at, at + handedSeconds * 1000, perPartitionMax);
    await queues.syncAudienceMember.send(due);
    handed += due.length;
  }
  return handed;
};
