import { whyNoEgress } from '../../../core/model/egress.ts';
import { DeliveryFailed, type DeliveryFault } from '../../../core/ports/destination.ts';

export interface PlatformRequest {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  /** Sent as JSON; a text as a form. */
  body?: unknown;
}

export interface PlatformAnswer {
  status: number;
  headers: Headers;
  /** The JSON of the answer; `undefined` where it is none. */
  body: unknown;
}

/** Asks a platform. @throws DeliveryFailed `unavailable` when nobody answers in time */
export type AskPlatform = (request: PlatformRequest) => Promise<PlatformAnswer>;

export interface AskOptions {
  egressAllow: readonly string[];
  milliseconds?: number;
}

/** Longer than platforms take for their largest batches; several calls together take less than who sends may take. */
const answerMilliseconds = 20_000;

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const encoded = (body: unknown): { body?: string; headers: Record<string, string> } => {
  if (body === undefined) return { headers: {} };
  if (typeof body === 'string') return { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
};

/**
 * Asks platforms over https: at public addresses only, following no redirect, with a time limit for the whole answer.
 */
export const platformAsk =
  ({ egressAllow, milliseconds = answerMilliseconds }: AskOptions): AskPlatform =>
  async ({ url, method, headers = {}, body }) => {
    const reason = whyNoEgress(url, egressAllow);
    if (reason !== undefined) throw new DeliveryFailed(`the address of the platform ${reason}`, 'refused');
    const content = encoded(body);
    try {
      const answer = await fetch(url, {
        method,
        headers: { accept: 'application/json', ...content.headers, ...headers },
        ...(content.body === undefined ? {} : { body: content.body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(milliseconds),
      });
      return { status: answer.status, headers: answer.headers, body: jsonIn(await answer.text()) };
    } catch (fault) {
      const late = fault instanceof Error && fault.name === 'TimeoutError';
      const why = late ? `did not answer within ${milliseconds / 1000} s` : 'could not be reached';
      throw new DeliveryFailed(`the platform ${why}`, 'unavailable');
    }
  };

export const isTaken = ({ status }: PlatformAnswer): boolean => status >= 200 && status <= 299;

const faults: Record<number, DeliveryFault> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'gone',
  408: 'unavailable',
  410: 'gone',
  425: 'unavailable',
  429: 'unavailable',
};

/** What a status alone says. */
export const faultOfStatus = (status: number): DeliveryFault => {
  const known = faults[status];
  if (known !== undefined) return known;
  return status >= 400 && status <= 499 ? 'refused' : 'unavailable';
};

/** Seconds until it may be asked again, from `Retry-After` as seconds or as a date. */
export const retryAfterOf = ({ headers }: PlatformAnswer, now = Date.now()): number | undefined => {
  const told = headers.get('retry-after');
  if (told === null) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(told.trim()) ? Number(told) : (Date.parse(told) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
};
