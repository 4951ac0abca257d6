import type { SealedSecret } from '../../model/stored-webhook.ts';

/** The secrets that sign now, the newest first. `now`: epoch ms. */
export const currentSecrets = (secrets: readonly SealedSecret[], now: number): SealedSecret[] =>
  secrets.filter(({ until }) => until === undefined || Date.parse(until) > now);

/** With a new secret; the one before it goes on signing until `until` (ISO 8601), older ones do not. */
export const withNewSecret = (secrets: readonly SealedSecret[], sealed: string, until: string): SealedSecret[] => {
  const newest = secrets.find(secret => secret.until === undefined);
  return [{ sealed }, ...(newest ? [{ ...newest, until }] : [])];
};
