import type { MappedRow } from '../engines/imports/row.ts';
import type { Tally } from '../engines/imports/tally.ts';
import type { ErasedKeys } from '../ports/erased-keys.ts';
import type { EventStream } from '../ports/outlets.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import type { Cached } from './cached.ts';
import type { ImportJob } from './stored-job.ts';
import type { TrackingPlan } from './tracking-plan.ts';

export interface ImportTools {
  profiles: ProfileStore;
  suppressions: Suppressions;
  /** What erased people were known by. */
  erasedKeys: Pick<ErasedKeys, 'among'>;
  events: EventStream;
  trackingPlan: Cached<TrackingPlan>;
  newId: (prefix: string) => string;
  nextEventId: (at: number) => string;
  now: () => Date;
}

/** An import whose file is there. */
export type BegunImport = ImportJob & { begun: NonNullable<ImportJob['begun']> };

/** Gives rows their effect, or only judges them in a dry run; rows that come again have no further effect. */
export type TakeRows = (rows: readonly MappedRow[], job: BegunImport, tools: ImportTools) => Promise<Tally>;

const rowDigits = 10;

/** Under what a row of an import is known; in the order of the rows. */
export const importedRowId = (job: Pick<ImportJob, 'id'>, { row }: MappedRow): string =>
  `${job.id}-${String(row.number).padStart(rowDigits, '0')}`;
