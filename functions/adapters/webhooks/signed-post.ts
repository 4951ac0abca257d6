import type { WebhookMessage } from '../../../core/ports/webhook-sender.ts';
import { guardedPost, type PostAnswer, type PostOptions } from '../destinations/guarded-post.ts';
import { signedHeaders } from './signed-headers.ts';

/**
 * Posts a signed message to an address that a caller supplied.
 *
 * @throws Error when the address is refused or nobody answers
 */
export const signedPost = (
  message: WebhookMessage,
  egressAllow: readonly string[],
  options?: PostOptions,
): Promise<PostAnswer> => guardedPost(message.url, signedHeaders(message), message.body, egressAllow, options);
