import { createHash } from 'node:crypto';
import { plainRow } from '../../../../core/engines/activation/platforms/plain-row.ts';
import {
  type Delivery,
  DeliveryFailed,
  type DeliveryFault,
  type DeliveryRow,
  type Destination,
} from '../../../../core/ports/destination.ts';
import type { Keyring } from '../../../../core/ports/outlets.ts';
import type { WebhookMessage } from '../../../../core/ports/webhook-sender.ts';
import { signedPost } from '../../webhooks/signed-post.ts';

/** The secret that signs an audience's deliveries: derived, so that it is kept nowhere. */
export const signingSecret = async (keyring: Keyring, audienceId: string): Promise<string> =>
  `whsec_${Buffer.from(await keyring.derive(`webhook-signing:${audienceId}`)).toString('base64')}`;

/** Deliveries to a caller's own endpoint, signed as Standard Webhooks asks. */
export const webhookDestination = (
  keyring: Keyring,
  egressAllow: readonly string[],
  now: () => Date = () => new Date(),
): Destination<'webhook'> => ({
  deliver: async delivery => {
    const [id, at] = [messageIdOf(delivery), now()];
    const body = JSON.stringify({ type: 'audience.members', timestamp: at.toISOString(), data: dataOf(delivery) });
    const secrets = [await signingSecret(keyring, delivery.audienceId)];
    const { status } = await post({ url: delivery.place.url, id, at, secrets, body }, egressAllow);
    if (status < 200 || status > 299) throw new DeliveryFailed(`the endpoint answered ${status}`, faultOf(status));
    return { refused: [] };
  },
});

/** Answers of 4xx that say nothing about what was sent. */
const passing = new Set([408, 425, 429]);

const faultOf = (status: number): DeliveryFault => {
  if (status === 410) return 'gone';
  return status >= 400 && status < 500 && !passing.has(status) ? 'refused' : 'unavailable';
};

const post = async (message: WebhookMessage, egressAllow: readonly string[]) => {
  try {
    return await signedPost(message, egressAllow);
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
  added: rows.flatMap(row => (row.operation === 'add' ? [{ row: row.row, ...plainRow(row.member) }] : [])),
  removed: rows.flatMap((row: DeliveryRow) =>
    row.operation === 'remove' ? [{ row: row.row, profileId: row.profileId }] : [],
  ),
});
