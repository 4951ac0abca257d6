import { readPath } from '../../language/read-path.ts';
import type { FileFormat } from '../../model/import-spec.ts';

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Lists are written as an import reads them: separated by `;`. */
const cellOf = (value: unknown): unknown => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every(isScalar)) return value.join(';');
  return typeof value === 'object' ? JSON.stringify(value) : value;
};

/**
 * A row of an export: what stands under each path. Of CSV every column is there; of lines of JSON what there is.
 *
 * @example exportRow({ tags: ['a', 'b'] }, ['id', 'tags'], 'csv') // { id: '', tags: 'a;b' }
 */
export const exportRow = (
  document: Readonly<Record<string, unknown>>,
  columns: readonly string[],
  format: FileFormat,
): Record<string, unknown> => {
  const read = columns.map((path): [string, unknown] => [path, readPath(document, path)]);
  if (format === 'csv') return Object.fromEntries(read.map(([path, value]) => [path, cellOf(value)]));
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
};
