import { ApiError } from '../../core/contract/api-error.ts';
import type { ProblemDetail } from '../../core/errors.ts';
import type { Row, RowError } from './row.ts';

const aboutTheContent = new Set([400, 409, 413, 422]);

/** Whether an answer refuses what was sent, rather than who sent it or where to. */
export const isRefusal = (failure: unknown): failure is ApiError =>
  failure instanceof ApiError && aboutTheContent.has(failure.status);

/** All that an answer says of a row, in one line. */
export const rowErrorOf = (row: Row, error: { message: string; details: readonly ProblemDetail[] }): RowError => ({
  row,
  path: error.details.map(({ path }) => path).join('; '),
  reason: error.details.length > 0 ? error.details.map(({ reason }) => reason).join('; ') : error.message,
});
