import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign as signBytes } from 'node:crypto';
import type { Keyring } from '../../core/ports/outlets.ts';
import type { Signer } from '../../core/ports/signer.ts';

/** What stands before 32 bytes to make them an Ed25519 key in PKCS #8. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

const publicKeyOf = (key: KeyObject): string => createPublicKey(key).export({ format: 'jwk' }).x ?? '';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');

/** Signs with an Ed25519 key that is derived from the deployment's secret; the same for ever. */
export const derivedSigner = (keyring: Keyring, purpose: string): Signer => {
  const key = async (): Promise<KeyObject> =>
    createPrivateKey({
      key: Buffer.concat([pkcs8Head, await keyring.derive(purpose)]),
      format: 'der',
      type: 'pkcs8',
    });
  return {
    publicKey: async () => publicKeyOf(await key()),
    signature: async text => signBytes(null, Buffer.from(text), await key()).toString('base64'),
    sign: async text => {
      const own = await key();
      const kid = createHash('sha256').update(publicKeyOf(own)).digest('base64url').slice(0, 16);
      const signed = `${encoded(JSON.stringify({ alg: 'EdDSA', kid }))}.${encoded(text)}`;
      return `${signed}.${signBytes(null, Buffer.from(signed), own).toString('base64url')}`;
    },
  };
};
