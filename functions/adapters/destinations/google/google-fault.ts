import { DeliveryFailed, type DeliveryFault } from '../../../../core/ports/destination.ts';
import { faultOfStatus, type PlatformAnswer, retryAfterOf } from '../platform-request.ts';

interface Violation {
  field?: string;
  description?: string;
}

interface RpcError {
  message?: string;
  status?: string;
  details?: { '@type'?: string; reason?: string; retryDelay?: string; fieldViolations?: Violation[] }[];
}

const errorIn = ({ body }: PlatformAnswer): RpcError =>
  typeof body === 'object' && body !== null && 'error' in body ? ((body.error ?? {}) as RpcError) : {};

const statuses: Record<string, DeliveryFault> = {
  UNAUTHENTICATED: 'unauthorized',
  PERMISSION_DENIED: 'unauthorized',
  NOT_FOUND: 'gone',
  RESOURCE_EXHAUSTED: 'unavailable',
  UNAVAILABLE: 'unavailable',
  DEADLINE_EXCEEDED: 'unavailable',
  INTERNAL: 'unavailable',
  ABORTED: 'unavailable',
};

/** What only a person can mend in the account of the list. */
const blockedReasons = /TERMS|POLICY|NOT_ALLOWLISTED|CUSTOMER_MATCH|USER_LIST_CLOSED/;

const delaySeconds = ({ details = [] }: RpcError): number | undefined => {
  const delay = details.flatMap(({ retryDelay }) => retryDelay ?? [])[0];
  return delay === undefined ? undefined : Math.ceil(Number.parseFloat(delay));
};

/** What went wrong, as Google APIs tell it. */
export const googleFault = (answer: PlatformAnswer): DeliveryFailed => {
  const error = errorIn(answer);
  const reasons = (error.details ?? []).flatMap(({ reason }) => reason ?? []);
  const isBlocked = reasons.some(reason => blockedReasons.test(reason));
  const fault = isBlocked ? 'blocked' : (statuses[error.status ?? ''] ?? faultOfStatus(answer.status));
  const why = [error.message ?? 'no reason was given', ...reasons].join('; ');
  return new DeliveryFailed(`Google: ${why}`, fault, delaySeconds(error) ?? retryAfterOf(answer));
};

/** The members of a request that a field of theirs was refused of, by index: one of them fails the whole request. */
export const refusedMembers = (answer: PlatformAnswer): Map<number, string> => {
  const violations = (errorIn(answer).details ?? []).flatMap(({ fieldViolations = [] }) => fieldViolations);
  return new Map(
    violations.flatMap(({ field = '', description = 'was refused' }): [number, string][] => {
      const index = /audience_?members\[(\d+)\]/i.exec(field)?.[1];
      return index === undefined ? [] : [[Number(index), description]];
    }),
  );
};
