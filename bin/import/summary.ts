import { relative } from 'node:path';
import type { ImportProgress } from './import-progress.ts';

const counted = (count: number): string => count.toLocaleString('en-US');

const errorsAt = ({ rejected, errorFile }: ImportProgress): string[] => {
  if (rejected === 0) return [];
  const shown = relative('', errorFile);
  return [`Rows that were not taken are in ${shown}, with the reason. Mend them there and import that file.`];
};

const warningsIn = ({ warnings, firstWarning }: ImportProgress): string[] =>
  warnings === 0 ? [] : [`${counted(warnings)} remarks on rows that were taken; the first: ${firstWarning}.`];

/** What an import has come to, in a few lines. */
export const summaryOf = (rows: number, progress: ImportProgress): string => {
  const { accepted, duplicates, rejected } = progress;
  const parts = [`${counted(accepted)} accepted`, `${counted(duplicates)} duplicates`, `${counted(rejected)} rejected`];
  return [`${counted(rows)} rows read: ${parts.join(', ')}.`, ...warningsIn(progress), ...errorsAt(progress)].join(
    '\n',
  );
};

/** How far it is, in a few words. */
export const progressLine = (done: number, rows: number, { rejected }: ImportProgress): string =>
  `${counted(done)} of ${counted(rows)} rows${rejected > 0 ? `, ${counted(rejected)} rejected` : ''}`;
