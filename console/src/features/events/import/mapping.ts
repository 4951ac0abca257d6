import type { ImportKind, ImportMapping, ImportSpec } from '../../../../../core/model/import-spec.ts';
import type { FileHead } from './read-head.ts';
import { guessField } from './target-fields.ts';

/** By column: the field that it becomes; empty where it is left out. */
export type Columns = Readonly<Record<string, string>>;

export const guessColumns = (kind: ImportKind, { columns }: FileHead): Columns =>
  Object.fromEntries(columns.map(column => [column, guessField(kind, column)]));

const looksLikeNumber = (text: string | undefined): boolean =>
  text !== undefined && /^-?\d+([.,]\d+)?$/.test(text.trim());

const sourceOf = (field: string, column: string, example: string | undefined): ImportMapping[string] =>
  field.startsWith('properties.') && looksLikeNumber(example) ? { column, as: 'number' } : column;

/** What the chosen columns come to, as the API takes it. JSON without a change is taken as it is. */
export const mappingOf = (columns: Columns, { example }: FileHead, fixedType: string): ImportMapping => ({
  ...(fixedType === '' ? {} : { type: { value: fixedType } }),
  ...Object.fromEntries(
    Object.entries(columns)
      .filter(([, field]) => field !== '')
      .map(([column, field]) => [field, sourceOf(field, column, example[column])]),
  ),
});

export const specOf = (spec: Omit<ImportSpec, 'mapping'>, mapping: ImportMapping | undefined): ImportSpec =>
  mapping === undefined ? spec : { ...spec, mapping };
