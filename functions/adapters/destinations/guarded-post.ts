import { request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { useAgent } from 'request-filtering-agent';
import { whyNoEgress } from '../../../core/model/egress.ts';

/** For everything, however slowly an answer trickles in. */
const answerMilliseconds = 15_000;

export interface PostAnswer {
  status: number;
}

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
  milliseconds = answerMilliseconds,
): Promise<PostAnswer> => {
  const reason = whyNoEgress(address, allowed);
  if (reason !== undefined) throw new Error(`the address ${reason}`);
  const url = new URL(address);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const trusted = allowed.includes(`${url.hostname}:${port}`);
  const agent = trusted ? {} : { agent: useAgent(address) };
  const send = url.protocol === 'https:' ? request : requestPlain;
  return new Promise((resolve, reject) => {
    const deadline = AbortSignal.timeout(milliseconds);
    const sending = send(url, { method: 'POST', headers, signal: deadline, ...agent }, answer => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0 });
    });
    const late = new Error(`no answer within ${milliseconds / 1000} s`);
    sending.on('error', fault => reject(deadline.aborted ? late : fault));
    sending.end(body);
  });
};
