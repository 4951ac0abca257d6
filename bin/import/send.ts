import type { MappedRow } from '../../core/engines/imports/row.ts';
import type { Tally } from '../../core/engines/imports/tally.ts';

/** Makes rows known to the platform, and tells what became of each. Rows that come again have no further effect. */
export type Send = (rows: readonly MappedRow[]) => Promise<Tally>;

/** Makes a call as often as it takes; the call ends with its signal. */
export type Retrying = <Result>(call: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
