import type { Wanted } from './day-files.ts';
import type { EventConditions } from './event-query.ts';
import type { QueryLimits } from './query-limits.ts';

/** Which rows are wanted, how many of them, and what looking for them may take. */
export type WantedRows = EventConditions & Pick<Wanted, 'standWith'> & { limit: number; limits: QueryLimits };
