import { type Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answered {
  status: number;
  /** Since the request was due, not since it was sent: whoever waits in line waits, too. */
  milliseconds: number;
  retryAfter: string | undefined;
  accepted: number;
}

export interface Target {
  url: string;
  key: string;
  agent: Agent;
}

/** Sends one batch of events; a connection that breaks is an answer of 599. */
export const sendBatch = ({ url, key, agent }: Target, body: Buffer, due = performance.now()): Promise<Answered> =>
  new Promise(resolve => {
    const answered = (status: number, retryAfter?: string, text = ''): void => {
      const [, accepted = '0'] = /"accepted":(\d+)/.exec(text) ?? [];
      resolve({ status, milliseconds: performance.now() - due, retryAfter, accepted: Number(accepted) });
    };
    const headers = { 'content-type': 'application/json', 'content-length': body.length, 'x-api-key': key };
    const sent = request(`${url}/api/cdp/events/batch`, { method: 'POST', agent, headers }, answer => {
      let start = '';
      answer.on('data', (chunk: Buffer) => {
        if (start.length < 300) start += chunk.toString('latin1', 0, 300);
      });
      answer.on('end', () => answered(answer.statusCode ?? 599, answer.headers['retry-after'], start));
      answer.on('error', () => answered(599));
    });
    sent.on('error', () => answered(599));
    sent.end(body);
  });

type Body = () => Buffer;

/** As many as are answered by so many lanes for some seconds: what the platform can take. */
export const sendClosed = async (target: Target, body: Body, lanes: number, seconds: number): Promise<Answered[]> => {
  const [answers, end]: [Answered[], number] = [[], performance.now() + seconds * 1000];
  const lane = async (): Promise<void> => {
    while (performance.now() < end) answers.push(await sendBatch(target, body()));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers;
};

/** So many a second whatever is answered, as a crowd of clients does. */
export const sendOpen = async (target: Target, body: Body, perSecond: number, seconds: number): Promise<Answered[]> => {
  const start = performance.now();
  const sent: Promise<Answered>[] = [];
  const total = Math.round(perSecond * seconds);
  while (sent.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * perSecond) / 1000));
    while (sent.length < due) sent.push(sendBatch(target, body(), start + (sent.length * 1000) / perSecond));
    await sleep(2);
  }
  return Promise.all(sent);
};

/** The value below which this share of the values lies. */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
