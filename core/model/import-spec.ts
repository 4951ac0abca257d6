import * as z from 'zod';

/** What a row of an import is. */
export const importKinds = ['profiles', 'events', 'consents', 'suppressions'] as const;
export type ImportKind = (typeof importKinds)[number];

/** What a file of rows is written in. */
export const fileFormats = ['csv', 'jsonl'] as const;
export type FileFormat = (typeof fileFormats)[number];

const Column = z.string().min(1).max(200);
const fieldsMax = 200;

/** By field: the column that it is read from, or a value that is the same for every row. */
export const ImportMapping = z
  .record(
    z.string().min(1).max(200),
    z.union([
      Column,
      z.strictObject({ column: Column, as: z.literal('number').optional() }),
      z.strictObject({ value: z.union([z.string().min(1).max(8192), z.number(), z.boolean()]) }),
    ]),
  )
  .refine(mapping => Object.keys(mapping).length <= fieldsMax, `names at most ${fieldsMax} fields`);
export type ImportMapping = z.output<typeof ImportMapping>;

/** What is to be made of an uploaded file. */
export const ImportSpec = z.strictObject({
  kind: z.enum(importKinds),
  format: z.enum(fileFormats),
  /** Absent: of CSV the columns that bear the name of a field; of JSONL each line as the API takes it. */
  mapping: ImportMapping.optional(),
  /**
   * When two rows are one: `row`: a row is itself, however often it is read; `content`: rows of this or any other import
   * that say the same. A `messageId` of an event's own comes before both.
   */
  dedupe: z.enum(['row', 'content']).default('row'),
  /** Judges every row, and changes nothing. */
  dryRun: z.boolean().default(false),
  /** Who says so. */
  source: z.string().trim().min(1).max(100).optional(),
  /** As the file is called, for whoever looks at the import. */
  fileName: z.string().trim().min(1).max(200).optional(),
});
export type ImportSpec = z.output<typeof ImportSpec>;
