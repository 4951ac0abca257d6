import type { CallbackSender } from '../../../core/ports/callback-sender.ts';
import type { Signer } from '../../../core/ports/signer.ts';
import { guardedPost, type PostOptions } from '../destinations/guarded-post.ts';

const errorLettersMax = 200;

/**
 * Posts to addresses that came with requests, behind the egress guard. `webhook-signature` is the asymmetric form of
 * Standard Webhooks (`v1a`); `x-opendsr-signature` is over the body alone, as OpenDSR has it.
 */
export const signedCallbackSender = (
  signer: Signer,
  domain: string,
  egressAllow: readonly string[],
  options?: PostOptions,
): CallbackSender => ({
  send: async ({ url, id, at, body }) => {
    const seconds = String(Math.floor(at.getTime() / 1000));
    try {
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'customer-data-platform-callback/1',
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1a,${await signer.signature(`${id}.${seconds}.${body}`)}`,
        'x-opendsr-processor-domain': domain,
        'x-opendsr-signature': await signer.signature(body),
      };
      const { status } = await guardedPost(url, headers, body, egressAllow, options);
      return { status };
    } catch (fault) {
      return { error: (fault instanceof Error ? fault.message : 'unreachable').slice(0, errorLettersMax) };
    }
  },
});
