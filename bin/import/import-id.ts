import { createHash } from 'node:crypto';
import type { Plan } from '../../core/engines/imports/import-plan.ts';
import { readNumber } from '../../core/engines/imports/read-value.ts';

/**
 * The name of an import: the same content with the same plan has the same one, whatever the file is called. So a row
 * that is sent again bears the same message id.
 */
export const importIdOf = (contentHash: string, { kind, fields, source }: Plan): string => {
  const meaning = fields
    .map(({ target, from }) => JSON.stringify([target.name, from, target.read === readNumber]))
    .sort();
  const hash = createHash('sha256').update(
    JSON.stringify([contentHash, kind, meaning, ...(source === undefined ? [] : [source])]),
  );
  return `import-${hash.digest('hex').slice(0, 32)}`;
};

/** The name of an import of a whole file: the same file that is to be the same has the same one. */
export const uploadIdOf = (contentHash: string, body: object): string =>
  `upload-${createHash('sha256')
    .update(JSON.stringify([contentHash, body]))
    .digest('hex')
    .slice(0, 32)}`;

/** The id under which the platform knows a row; at most 100 characters. */
export const rowId = (importId: string, row: number): string => `${importId}-${row}`;
