import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addRange,
  addToProgress,
  isDone,
  noProgress,
  progressFile,
  rowsDone,
} from '../../../bin/import/import-progress.ts';
import { testDirectory } from '../test-directory.ts';

const place = { url: 'http://localhost:3001', errorFile: '/nowhere/errors.csv' };

test('ranges hold exactly the rows that were added, in as few pieces as can be', () =>
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 30 })), rows => {
      const ranges = rows.reduce<[number, number][]>((sum, row) => addRange(sum, [row, row]), []);
      const progress = { ...noProgress(place), ranges };
      const all = Array.from({ length: 32 }, (_, index) => index);
      expect(all.filter(row => isDone(progress, row))).toEqual([...rows].sort((left, right) => left - right));
      expect(rowsDone(progress)).toBe(rows.length);
      expect(ranges.every(([from], index) => index === 0 || from > (ranges[index - 1]?.[1] ?? 0) + 1)).toBe(true);
    }),
  ));

const some = addToProgress(
  noProgress(place),
  { from: 1, to: 3 },
  { accepted: 2, duplicates: 0, errors: [{ row: { number: 3, cells: {} }, path: '', reason: 'no' }], warnings: ['w'] },
);

test('progress is read back where it was written, and gone once removed', () => {
  const keeper = progressFile(testDirectory(), 'import-1');
  keeper.write(some);
  expect(keeper.read(place)).toEqual(some);
  expect(keeper.read(place)).toMatchObject({
    accepted: 2,
    rejected: 1,
    warnings: 1,
    firstWarning: 'w',
    ranges: [[1, 3]],
  });
  keeper.remove();
  expect(keeper.read(place)).toEqual(noProgress(place));
});

test('progress counts only for the same platform and the same error file', () => {
  const keeper = progressFile(testDirectory(), 'import-1');
  keeper.write(some);
  expect(keeper.read({ ...place, url: 'http://other' })).toMatchObject({ ranges: [] });
  expect(keeper.read({ ...place, errorFile: '/other' })).toMatchObject({ ranges: [] });
});

test('progress whose errors are lost does not count', () => {
  const errorFile = join(testDirectory(), 'errors.csv');
  const keeper = progressFile(testDirectory(), 'import-1');
  writeFileSync(errorFile, '12345');
  keeper.write({ ...some, errorFile, errorBytes: 5 });
  expect(keeper.read({ ...place, errorFile }).ranges).toEqual([[1, 3]]);
  rmSync(errorFile);
  expect(keeper.read({ ...place, errorFile }).ranges).toEqual([]);
});
