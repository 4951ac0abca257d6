import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring } from '../../core/ports/outlets.ts';
import type { TextSeals } from '../../core/ports/text-seals.ts';

const cipher = 'aes-256-gcm';
const [nonceBytes, tagBytes] = [12, 16];

/** Texts sealed with AES-256-GCM under a key of the deployment for one purpose: nonce, tag and text, in base64. */
export const sealedTexts = (keyring: Keyring, purpose: string): TextSeals => {
  const key = () => keyring.derive(purpose);
  return {
    seal: async text => {
      const nonce = randomBytes(nonceBytes);
      const sealing = createCipheriv(cipher, await key(), nonce);
      const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
      return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64');
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
