import type { ProblemDetail } from '../errors.ts';

/** An answer that says no: the status, and what the error envelope told. */
export class ApiError extends Error {
  readonly status: number;
  /** A code of the problem registry; `HTTP_<status>` where the answer carried no error of ours (a proxy's page). */
  readonly code: string;
  readonly details: readonly ProblemDetail[];
  readonly requestId: string | undefined;
  /** What `Retry-After` asked for, in seconds. */
  readonly retryAfterSeconds: number | undefined;
  /** Further members of the error, e.g. `existingProfileId`. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(status: number, error: Record<string, unknown>, retryAfterSeconds?: number) {
    const { code, message, details, requestId, ...extra } = error;
    super(typeof message === 'string' ? message : `the API answered ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = typeof code === 'string' ? code : `HTTP_${status}`;
    this.details = Array.isArray(details) ? details : [];
    this.requestId = typeof requestId === 'string' ? requestId : undefined;
    this.retryAfterSeconds = retryAfterSeconds;
    this.extra = extra;
  }
}
