import type { Fact } from '../model/fact.ts';
import type { WebhookDelivery } from '../model/webhook-delivery.ts';

/** A delivery that is due. */
export interface DueDelivery {
  webhookId: string;
  fact: Fact;
}

export interface DeliveryPage {
  deliveries: WebhookDelivery[];
  next?: string;
}

/** What became of telling receivers of facts; kept 30 days. */
export interface DeliveryStore {
  get(webhookId: string, factId: string): Promise<WebhookDelivery | undefined>;
  /** Keeps it in place of what was read; refused (false) where somebody else was faster. */
  keep(delivery: WebhookDelivery, read: WebhookDelivery | undefined): Promise<boolean>;
  /** Removes it as it was read. */
  forget(read: WebhookDelivery): Promise<void>;
  /** When (epoch ms) an earlier fact of the same subject is tried again, where one waits. */
  waitingAhead(webhookId: string, fact: Fact): Promise<number | undefined>;
  /** Newest first. */
  page(webhookId: string, limit: number, cursor?: string, offset?: number): Promise<DeliveryPage>;
  /** Takes deliveries of a partition that are due; nobody else is handed them before `until` (epoch ms). */
  takeDue(partition: number, now: number, until: number, limit: number): Promise<DueDelivery[]>;
}

/** Over how many partitions what is due is spread. */
export const duePartitions = 8;
