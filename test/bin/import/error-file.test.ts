import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openErrorFile } from '../../../bin/import/error-file.ts';
import { readRows } from '../../../bin/import/read-rows.ts';
import { withGuard, withoutGuard } from '../../../core/engines/imports/error-cells.ts';
import type { RowError } from '../../../core/engines/imports/row.ts';
import { allOf } from '../all-of.ts';
import { testDirectory } from '../test-directory.ts';

test('no guarded cell is a formula, and every one can be taken back', () =>
  fc.assert(
    fc.property(fc.stringMatching(/^[=+\-@\t\r'a1]{0,6}$/), cell => {
      expect(withGuard(cell)).not.toMatch(/^[=+\-@\t\r]/);
      expect(withoutGuard(withGuard(cell))).toBe(cell);
    }),
  ));

const errorOf = (number: number, cells: Record<string, unknown>): RowError => ({
  row: { number, cells },
  path: 'properties.amount',
  reason: 'must be, well, "a decimal"',
});

const open = (path: string, columns: string[], keepBytes = 0) =>
  openErrorFile(path, { format: path.endsWith('.csv') ? 'csv' : 'jsonl', columns, keepBytes });

test('a CSV error file holds the cells and why, and can be imported as it is', async () => {
  const path = join(testDirectory(), 'a.errors.csv');
  const cells = { id: '=cmd|x', phone: '+14155550100', amount: '-5,00', note: '\tx\n"y"' };
  open(path, Object.keys(cells)).append([errorOf(7, cells)]);
  const text = readFileSync(path, 'utf8');
  expect(text.split('\n')[0]).toBe('id,phone,amount,note,row,path,reason');
  expect(text).toContain(`'=cmd|x,'+14155550100,"'-5,00"`);
  const [row] = await allOf(readRows(path));
  const said = { row: '7', path: 'properties.amount', reason: 'must be, well, "a decimal"' };
  expect(row).toEqual({ number: 1, cells: { ...cells, ...said } });
  open(path, Object.keys({ ...cells, ...said })).append([errorOf(1, { ...cells, ...said })]);
  expect(readFileSync(path, 'utf8').split('\n')[0]).toBe('id,phone,amount,note,row,path,reason');
});

test('a column of the input that is called path stays what it is', () => {
  const path = join(testDirectory(), 'a.errors.csv');
  open(path, ['path']).append([errorOf(1, { path: '/home' })]);
  expect(readFileSync(path, 'utf8')).toBe(
    'path,row,import_path,reason\n/home,1,properties.amount,"must be, well, ""a decimal"""\n',
  );
});

test('a JSONL error file holds the object and why', () => {
  const path = join(testDirectory(), 'a.errors.jsonl');
  open(path, ['id']).append([errorOf(3, { id: { deep: [1] }, reason: 'mine' })]);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    id: { deep: [1] },
    reason: 'mine',
    row: 3,
    path: 'properties.amount',
    import_reason: 'must be, well, "a decimal"',
  });
});

test('without an error there is no file, and one of an earlier import goes', () => {
  const path = join(testDirectory(), 'a.errors.csv');
  writeFileSync(path, 'old');
  open(path, ['id']).append([]);
  expect(existsSync(path)).toBe(false);
});

test('what was written after the last kept progress is written again, not twice', () => {
  const path = join(testDirectory(), 'a.errors.csv');
  const first = open(path, ['id']);
  first.append([errorOf(1, { id: 'a' })]);
  const kept = first.size();
  first.append([errorOf(2, { id: 'b' })]);
  open(path, ['id'], kept).append([errorOf(2, { id: 'b' })]);
  expect(readFileSync(path, 'utf8').match(/^[ab],\d/gm)).toEqual(['a,1', 'b,2']);
});
