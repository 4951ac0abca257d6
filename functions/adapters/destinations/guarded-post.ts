import { lookup as lookUp } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { useAgent } from 'request-filtering-agent';
import { isOpened, whyNoAddress, whyNoEgress } from '../../../core/model/egress.ts';

/** For everything, however slowly an answer trickles in. */
const answerMilliseconds = 15_000;
/** More of an answer than anybody needs to be told by its status. */
const answerBytesMax = 64 * 1024;

export interface PostAnswer {
  status: number;
  retryAfter?: string | undefined;
}

export interface PostOptions {
  milliseconds?: number;
  /** Stands in for the resolver in tests. */
  lookup?: LookupFunction;
}

/** Where a name leads, unless one of its addresses must not be reached: what is looked up here is what is connected to. */
const guardedLookup =
  (lookup: LookupFunction): LookupFunction =>
  (name, options, answered) =>
    lookup(name, options, (fault, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      const reason = addresses.map(whyNoAddress).find(why => why !== undefined);
      answered(fault ?? (reason === undefined ? null : new Error(`the address ${reason}`)), found, family);
    });

/**
 * Posts to an address that a caller supplied. Refuses private and link-local addresses at the moment of connecting,
 * follows no redirect, reads no answer body, and gives up after 15 s.
 *
 * @throws Error when the address is refused or nobody answers
 */
export const guardedPost = async (
  address: string,
  headers: Record<string, string>,
  body: string,
  allowed: readonly string[],
  { milliseconds = answerMilliseconds, lookup = lookUp as LookupFunction }: PostOptions = {},
): Promise<PostAnswer> => {
  const reason = whyNoEgress(address, allowed);
  if (reason !== undefined) throw new Error(`the address ${reason}`);
  const url = new URL(address);
  const guard = isOpened(address, allowed) ? {} : { agent: useAgent(address), lookup: guardedLookup(lookup) };
  const send = url.protocol === 'https:' ? request : requestPlain;
  return new Promise((resolve, reject) => {
    const deadline = AbortSignal.timeout(milliseconds);
    const sending = send(url, { method: 'POST', headers, signal: deadline, ...guard }, answer => {
      let bytes = 0;
      answer.on('error', () => answer.destroy());
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > answerBytesMax) answer.destroy();
      });
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
    });
    const late = new Error(`no answer within ${milliseconds / 1000} s`);
    sending.on('error', fault => reject(deadline.aborted ? late : fault));
    sending.end(body);
  });
};
