import type { ReadingLimits } from '../../../../core/ports/event-lake.ts';
import type { Asking } from '../duckdb-connection.ts';

/** What each statement of a question may still take, of what the question may take altogether. */
export type QueryLimits = () => Pick<Asking, 'budgetSeconds' | 'signal'>;

/** Counts from now on. */
export const queryLimits = ({ budgetSeconds, signal }: ReadingLimits): QueryLimits => {
  if (budgetSeconds === undefined) return () => ({ signal });
  const until = performance.now() + budgetSeconds * 1000;
  return () => ({ budgetSeconds: (until - performance.now()) / 1000, signal });
};
