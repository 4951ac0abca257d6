import type { Client } from '../../core/contract/client.ts';
import type { Plan } from '../../core/engines/imports/import-plan.ts';
import type { Retrying, Send } from './send.ts';
import { sendEvents } from './send-events.ts';
import { sendProfiles } from './send-profiles.ts';
import { type RetryOptions, withRetries } from './with-retries.ts';

const callTimeoutMs = 60_000;

const retryingWith =
  (options: RetryOptions): Retrying =>
  call =>
    withRetries(() => call(AbortSignal.timeout(callTimeoutMs)), options);

export interface Sender {
  send: Send;
  /** How many batches may be on their way at a time. */
  batchesAtOnce: number;
}

interface SenderOptions extends RetryOptions {
  importId: string;
  concurrency: number | undefined;
}

/**
 * Where rows have no times, the order in which they arrive decides which of two says the last word, and so it does for
 * consents of the same day: such batches go one after the other.
 */
const orderMatters = ({ kind, fields }: Plan): boolean =>
  kind === 'consents' || !fields.some(({ target }) => target.name === 'timestamp');

/** How rows of a plan are sent. */
export const openSender = (client: Client, plan: Plan, { importId, concurrency, ...retry }: SenderOptions): Sender => {
  const retrying = retryingWith(retry);
  if (plan.kind === 'profiles') {
    return {
      send: sendProfiles(client, { importId, source: plan.source, lanes: concurrency ?? 16, retrying }),
      batchesAtOnce: 1,
    };
  }
  return {
    send: sendEvents(client, { importId, retrying }),
    batchesAtOnce: orderMatters(plan) ? 1 : (concurrency ?? 4),
  };
};
