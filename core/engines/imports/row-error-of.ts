import type { ProblemDetail } from '../../errors.ts';
import type { Row, RowError } from './row.ts';

/** All that a refusal says of a row, in one line. */
export const rowErrorOf = (row: Row, error: { message: string; details: readonly ProblemDetail[] }): RowError => ({
  row,
  path: error.details.map(({ path }) => path).join('; '),
  reason: error.details.length > 0 ? error.details.map(({ reason }) => reason).join('; ') : error.message,
});
