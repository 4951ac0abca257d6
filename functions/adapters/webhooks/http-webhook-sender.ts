import type { WebhookSender } from '../../../core/ports/webhook-sender.ts';
import type { PostOptions } from '../destinations/guarded-post.ts';
import { signedPost } from './signed-post.ts';

const errorLettersMax = 200;

/** Seconds from now, of a number of seconds or a date. */
const secondsIn = (retryAfter: string | undefined, now: Date): number | undefined => {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
};

/** Sends over HTTPS; what an endpoint answers beyond its status is not read. */
export const httpWebhookSender = (egressAllow: readonly string[], options?: PostOptions): WebhookSender => ({
  send: async message => {
    try {
      const { status, retryAfter } = await signedPost(message, egressAllow, options);
      return { status, retryAfterSeconds: secondsIn(retryAfter, message.at) };
    } catch (fault) {
      return { error: (fault instanceof Error ? fault.message : 'unreachable').slice(0, errorLettersMax) };
    }
  },
});
