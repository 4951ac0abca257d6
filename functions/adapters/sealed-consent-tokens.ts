import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ConsentClaim, ConsentTokens } from '../../core/ports/consent-tokens.ts';
import type { Keyring } from '../../core/ports/outlets.ts';

/** `<claim>.<seal>`, both in base64url. */
export const sealedConsentTokens = (keyring: Keyring, now: () => number = Date.now): ConsentTokens => {
  const sealOf = async (text: string): Promise<string> =>
    createHmac('sha256', await keyring.derive('consent-token'))
      .update(text)
      .digest('base64url');
  return {
    seal: async ({ profileId, nonce, until }) => {
      const text = Buffer.from(JSON.stringify([profileId, nonce, until])).toString('base64url');
      return `${text}.${await sealOf(text)}`;
    },
    open: async token => {
      const [text = '', seal = ''] = token.split('.', 2);
      const [given, own] = [Buffer.from(seal), Buffer.from(await sealOf(text))];
      if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
      const [profileId, nonce, until] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [
        ConsentClaim['profileId'],
        string,
        number,
      ];
      return until > now() ? { profileId, nonce, until } : undefined;
    },
  };
};
