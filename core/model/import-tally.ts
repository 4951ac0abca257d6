import * as z from 'zod';

/** How many errors are told with the import itself; all of them are in its error file. */
export const importErrorsMax = 100;
const reasonLengthMax = 300;

export const ImportError = z.object({
  /** 1 for the first record; the header of a CSV file does not count. */
  row: z.number().int(),
  /** Where in what the row stands for; empty where the record itself is wrong. */
  path: z.string(),
  reason: z.string(),
});
export type ImportError = z.output<typeof ImportError>;

/** What an import has come to so far: every row that was read is accepted, a duplicate or rejected. */
export const ImportTally = z.object({
  read: z.number().int(),
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  /** Remarks on rows that were accepted. */
  warnings: z.number().int(),
  firstWarning: z.string().optional(),
  /** The first ones. */
  errors: z.array(ImportError).max(importErrorsMax),
});
export type ImportTally = z.output<typeof ImportTally>;

export const emptyImportTally: ImportTally = {
  read: 0,
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  warnings: 0,
  errors: [],
};

/** What became of some rows. */
export interface TakenRows {
  accepted: number;
  duplicates: number;
  errors: readonly ImportError[];
  warnings: readonly string[];
}

const short = ({ row, path, reason }: ImportError): ImportError => ({
  row,
  path: path.slice(0, reasonLengthMax),
  reason: reason.slice(0, reasonLengthMax),
});

export const addTaken = (tally: ImportTally, { accepted, duplicates, errors, warnings }: TakenRows): ImportTally => {
  const firstWarning = tally.firstWarning ?? warnings[0]?.slice(0, reasonLengthMax);
  return {
    read: tally.read + accepted + duplicates + errors.length,
    accepted: tally.accepted + accepted,
    duplicates: tally.duplicates + duplicates,
    rejected: tally.rejected + errors.length,
    warnings: tally.warnings + warnings.length,
    ...(firstWarning === undefined ? {} : { firstWarning }),
    errors: [...tally.errors, ...errors.map(short)].slice(0, importErrorsMax),
  };
};
