import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { unavailable } from '../../core/errors.ts';

/** What an issuer says of itself (OpenID Connect Discovery), as far as it is needed. */
const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** An issuer as its tokens name it, and its public keys. */
export interface KnownIssuer {
  issuer: string;
  keys: JWTVerifyGetKey;
}

const answerMilliseconds = 5_000;

const bare = (address: string): string => address.replace(/\/$/, '');

/** Tokens that no key fits are the caller's fault; everything else that goes wrong with keys is not. */
const isRefusal = (fault: unknown): boolean =>
  fault instanceof errors.JWKSNoMatchingKey ||
  fault instanceof errors.JWKSMultipleMatchingKeys ||
  fault instanceof errors.JOSENotSupported;

const keysAt = (address: string): JWTVerifyGetKey => {
  const find = createRemoteJWKSet(new URL(address), { timeoutDuration: answerMilliseconds });
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (fault) {
      throw isRefusal(fault) ? fault : unavailable('The issuer of tokens');
    }
  };
};

const ask = async (issuer: string): Promise<unknown> => {
  const address = `${bare(issuer)}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(answerMilliseconds), redirect: 'error' });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
};

/** Some write themselves with a slash at the end and are named without it. @throws Problem `UNAVAILABLE` */
const discover = async (named: string): Promise<KnownIssuer> => {
  const { data } = Metadata.safeParse(await ask(named));
  if (!data || bare(data.issuer) !== bare(named)) throw unavailable('The issuer of tokens');
  return { issuer: data.issuer, keys: keysAt(data.jwks_uri) };
};

/** Finds out where an issuer publishes its keys, once; asks again where it did not say. */
export const issuerKeys = (named: string): (() => Promise<KnownIssuer>) => {
  let known: Promise<KnownIssuer> | undefined;
  return () => {
    known ??= discover(named).catch((fault: unknown) => {
      known = undefined;
      throw fault;
    });
    return known;
  };
};
