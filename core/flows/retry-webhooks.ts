import type { deliverWebhook, MessageBody } from '../contract/messages.ts';
import { type DeliveryStore, duePartitions } from '../ports/delivery-store.ts';
import type { Queue } from '../ports/outlets.ts';

export interface RetryWebhooksTools {
  deliveries: DeliveryStore;
  queues: { deliverWebhook: Queue<MessageBody<typeof deliverWebhook>> };
  now: () => Date;
}

/** By then a message has been worked, or is lost. */
const handedSeconds = 15 * 60;
const perPartitionMax = 1000;

/** Hands messages whose time has come to their queue again. Twice for one minute hands nothing twice. Returns how many. */
export const retryWebhooks = async ({ deliveries, queues, now }: RetryWebhooksTools): Promise<number> => {
  const at = now().getTime();
  let handed = 0;
  for (let partition = 0; partition < duePartitions; partition += 1) {
    const due = await deliveries.takeDue(partition, at, at + handedSeconds * 1000, perPartitionMax);
    await queues.deliverWebhook.send(due);
    handed += due.length;
  }
  return handed;
};
