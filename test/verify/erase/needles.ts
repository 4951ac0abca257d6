import { createHash } from 'node:crypto';
import { type Identifier, matchKey } from '../../../core/model/identifier.ts';

/** What must be found nowhere: each identifier as it was given, as it is matched, and hashed as destinations have it. */
export const needlesOf = (identifiers: readonly Identifier[]): string[] => [
  ...new Set(
    identifiers.flatMap(identifier => {
      const key = matchKey(identifier);
      const plain = [identifier.value, identifier.value.toLowerCase(), key.slice(key.indexOf('#') + 1)];
      const hashed = [...plain, key].flatMap(text => {
        const digest = createHash('sha256').update(text).digest();
        return [digest.toString('hex'), digest.toString('base64'), digest.toString('base64url')];
      });
      return [...plain, ...hashed];
    }),
  ),
];

/** Those of the needles that stand in some bytes. */
export const foundIn = (bytes: Uint8Array, needles: readonly string[]): string[] => {
  const text = Buffer.from(bytes).toString('latin1').toLowerCase();
  return needles.filter(needle => text.includes(needle.toLowerCase()));
};
