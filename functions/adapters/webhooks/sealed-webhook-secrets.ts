import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring } from '../../../core/ports/outlets.ts';
import type { WebhookSecrets } from '../../../core/ports/webhook-secrets.ts';

const cipher = 'aes-256-gcm';
const [nonceBytes, tagBytes] = [12, 16];

/** Secrets of receivers, sealed with AES-256-GCM under a key of the deployment: nonce, tag and text, in base64. */
export const sealedWebhookSecrets = (keyring: Keyring): WebhookSecrets => {
  const key = () => keyring.derive('webhook-secrets');
  return {
    make: async purpose => `whsec_${Buffer.from(await keyring.derive(`webhook-secret:${purpose}`)).toString('base64')}`,
    seal: async secret => {
      const nonce = randomBytes(nonceBytes);
      const sealing = createCipheriv(cipher, await key(), nonce);
      const text = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()]);
      return Buffer.concat([nonce, sealing.getAuthTag(), text]).toString('base64');
    },
    open: async sealed => {
      const bytes = Buffer.from(sealed, 'base64');
      const opening = createDecipheriv(cipher, await key(), bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const text = bytes.subarray(nonceBytes + tagBytes);
      return Buffer.concat([opening.update(text), opening.final()]).toString('utf8');
    },
  };
};
