import { fingerprint } from '../../model/fingerprint.ts';

const shares = 10_000;

/** Spreads what is alike in its last letters over all 32 bits. */
const mixed = (hash: number): number => {
  let bits = hash;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
};

/**
 * Is somebody held back from an audience? By nothing but its id and theirs: always the same people, others for another
 * audience, and whoever is held back stays so when the share grows.
 */
export const isHeldOut = (audienceId: string, profileId: string, percent: number): boolean =>
  percent > 0 && mixed(fingerprint(`${audienceId} ${profileId}`)) % shares < (percent / 100) * shares;
