import type { Fact } from './fact.ts';

/** One try to tell a receiver. */
export interface DeliveryAttempt {
  /** ISO 8601. */
  at: string;
  /** Of the answer, where there was one. */
  status?: number | undefined;
  error?: string | undefined;
  latencyMs: number;
}

/** What became of telling one receiver of one fact. */
export interface WebhookDelivery {
  webhookId: string;
  fact: Fact;
  version: number;
  /** `failed`: it is not tried any more. */
  state: 'sending' | 'waiting' | 'delivered' | 'failed';
  /** Tries since it was begun, or replayed. */
  tries: number;
  /** The newest last. */
  attempts: DeliveryAttempt[];
  /** Epoch ms; present until the receiver has taken what it did not take at first, or is not asked any more. */
  nextAt?: number | undefined;
  /** Epoch ms until which whoever sends may count on being alone. */
  leasedUntil: number;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
}
