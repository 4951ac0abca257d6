import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import {
  type Delivery,
  DeliveryFailed,
  type DeliveryFault,
  type DeliveryRow,
  type Destination,
} from '../../../../core/ports/destination.ts';
import type { Keyring } from '../../../../core/ports/outlets.ts';
import { guardedPost } from '../guarded-post.ts';

/** The secret that signs an audience's deliveries: derived, so that it is kept nowhere. */
export const signingSecret = async (keyring: Keyring, audienceId: string): Promise<string> =>
  `whsec_${Buffer.from(await keyring.derive(`webhook-signing:${audienceId}`)).toString('base64')}`;

/** Deliveries to a caller's own endpoint, signed as Standard Webhooks asks. */
export const webhookDestination = (
  keyring: Keyring,
  egressAllow: readonly string[],
  now: () => Date = () => new Date(),
): Destination => ({
  deliver: async delivery => {
    const [id, at] = [messageIdOf(delivery), now()];
    const body = JSON.stringify({ type: 'audience.members', timestamp: at.toISOString(), data: dataOf(delivery) });
    const signature = new Webhook(await signingSecret(keyring, delivery.audienceId)).sign(id, at, body);
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'customer-data-platform-webhook/1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signature,
    };
    const { status } = await post(delivery.url, headers, body, egressAllow);
    if (status < 200 || status > 299) throw new DeliveryFailed(`the endpoint answered ${status}`, faultOf(status));
  },
});

/** Answers of 4xx that say nothing about what was sent. */
const passing = new Set([408, 425, 429]);

const faultOf = (status: number): DeliveryFault => {
  if (status === 410) return 'gone';
  return status >= 400 && status < 500 && !passing.has(status) ? 'refused' : 'unavailable';
};

const post = async (url: string, headers: Record<string, string>, body: string, egressAllow: readonly string[]) => {
  try {
    return await guardedPost(url, headers, body, egressAllow);
  } catch (fault) {
    throw new DeliveryFailed(fault instanceof Error ? fault.message : 'unreachable', 'unavailable');
  }
};

/** The same rows make the same id: a delivery that is sent again can be told from a new one. */
const messageIdOf = ({ audienceId, rows }: Delivery): string =>
  `msg_${createHash('sha256')
    .update(JSON.stringify([audienceId, rows.map(({ row }) => row)]))
    .digest('hex')
    .slice(0, 32)}`;

const dataOf = ({ audienceId, audienceName, rows }: Delivery) => ({
  audienceId,
  audienceName,
  added: rows.flatMap(row => (row.operation === 'add' ? [{ row: row.row, ...row.member }] : [])),
  removed: rows.flatMap((row: DeliveryRow) =>
    row.operation === 'remove' ? [{ row: row.row, profileId: row.profileId }] : [],
  ),
});
