import { DeliveryFailed, type DeliveryFault } from '../../../../core/ports/destination.ts';
import { faultOfStatus, type PlatformAnswer, retryAfterOf } from '../platform-request.ts';

interface GraphError {
  message?: string;
  code?: number;
  error_subcode?: number;
  is_transient?: boolean;
}

const errorIn = (body: unknown): GraphError =>
  typeof body === 'object' && body !== null && 'error' in body ? ((body.error ?? {}) as GraphError) : {};

/** Codes of the Graph API that mean the same wherever they come up. */
const codes: Record<number, DeliveryFault> = {
  1: 'unavailable',
  2: 'unavailable',
  4: 'unavailable',
  17: 'unavailable',
  32: 'unavailable',
  613: 'unavailable',
  80003: 'unavailable',
  10: 'unauthorized',
  102: 'unauthorized',
  190: 'unauthorized',
  200: 'unauthorized',
  294: 'unauthorized',
  368: 'blocked',
};

/** Subcodes say it more exactly: a flagged audience, terms that nobody accepted, one that is not there, a replace under way. */
const subcodes: Record<number, DeliveryFault> = {
  1713230: 'blocked',
  1870034: 'blocked',
  1870145: 'unavailable',
  33: 'gone',
};

const faultOf = ({ code = 0, error_subcode = 0, is_transient, message = '' }: GraphError, status: number) => {
  if (/audience size too low/i.test(message)) return 'tooSmall';
  const told = subcodes[error_subcode] ?? codes[code];
  if (told !== undefined) return told;
  return is_transient ? 'unavailable' : faultOfStatus(status);
};

/** Minutes until the limit of calls lets more through, as the usage header has it. */
const regainSeconds = ({ headers }: PlatformAnswer): number | undefined => {
  const minutes = /"estimated_time_to_regain_access":\s*(\d+)/.exec(
    headers.get('x-business-use-case-usage') ?? '',
  )?.[1];
  return minutes === undefined || minutes === '0' ? undefined : Number(minutes) * 60;
};

/** What went wrong, as the Graph API tells it. */
export const facebookFault = (answer: PlatformAnswer): DeliveryFailed => {
  const error = errorIn(answer.body);
  const { code, error_subcode } = error;
  const number = code === undefined ? `${answer.status}` : [code, error_subcode].filter(Boolean).join('/');
  const message = `Facebook: ${error.message ?? 'no reason was given'} (${number})`;
  return new DeliveryFailed(message, faultOf(error, answer.status), regainSeconds(answer) ?? retryAfterOf(answer));
};
