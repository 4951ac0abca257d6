/**
 * The one table of problems: every code that an answer may carry and its HTTP status.
 *
 * 400 says the request has the wrong shape (not JSON, wrong type, unknown field, too many items), 422 that it is
 * well formed but breaks a rule (not an e-mail address, out of range, no such field path), 413 that it has too many bytes.
 */
export const problems = {
  INVALID_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  VALIDATION_FAILED: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type ProblemCode = keyof typeof problems;

/** Where in the request something is wrong, and why. `path` is dotted, e.g. `body.events.3.type`. */
export interface ProblemDetail {
  path: string;
  reason: string;
}

/** What the caller can mend. Everything else that is thrown becomes a 500. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetail[];
  /** Further members of the error object, e.g. `existingProfileId`. */
  readonly extra: Record<string, string>;

  constructor(code: ProblemCode, message: string, details: ProblemDetail[] = [], extra: Record<string, string> = {}) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.details = details;
    this.extra = extra;
  }

  get status(): number {
    return problems[this.code];
  }
}

export const notFound = (what: string, id: string): Problem =>
  new Problem('NOT_FOUND', `${what} ${id} does not exist`, [], {});

export const unprocessable = (path: string, reason: string): Problem =>
  new Problem('VALIDATION_FAILED', `${path}: ${reason}`, [{ path, reason }]);

export const unavailable = (what: string): Problem =>
  new Problem('UNAVAILABLE', `${what} is not available at the moment; try again`);
