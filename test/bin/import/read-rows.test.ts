import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatOf, readRows } from '../../../bin/import/read-rows.ts';
import { surveyFile } from '../../../bin/import/survey-file.ts';
import type { Row } from '../../../core/engines/imports/row.ts';
import { allOf } from '../all-of.ts';
import { testDirectory } from '../test-directory.ts';

const fileOf = (name: string, content: string | Uint8Array): string => {
  const file = join(testDirectory(), name);
  writeFileSync(file, content);
  return file;
};
const rowsOf = (name: string, content: string | Uint8Array): Promise<Row[]> => allOf(readRows(fileOf(name, content)));

test('a byte order mark, blanks in the header and blank lines do not count', async () => {
  expect(await rowsOf('a.csv', '\uFEFFmail , name\r\n\r\na@b.co,Ann\r\n\r\n')).toEqual([
    { number: 1, cells: { mail: 'a@b.co', name: 'Ann' } },
  ]);
});

test('a record with too few or too many fields is named, and loses nothing', async () => {
  expect(await rowsOf('a.csv', 'a,b\n1\n1,2,3\n1,2\n')).toEqual([
    { number: 1, cells: { a: '1', b: undefined }, fault: 'has 1 fields; the header names 2 columns' },
    { number: 2, cells: { a: '1', b: '2,3' }, fault: 'has 3 fields; the header names 2 columns' },
    { number: 3, cells: { a: '1', b: '2' } },
  ]);
});

test('a broken record is numbered as it stands in the file', async () => {
  const rows = await rowsOf('a.csv', 'a,b\n\n1,2\n\n3,"x"y\n5,6\n');
  expect(rows.map(({ number, fault }) => [number, fault])).toEqual([
    [1, undefined],
    [2, 'has text after a closing quote'],
    [3, undefined],
  ]);
});

test('a header that names a column twice is refused', async () => {
  await expect(rowsOf('a.csv', 'a,b,a\n1,2,3\n')).rejects.toThrow('names the column “a” twice');
});

test('a header is not a place for members that objects inherit', async () => {
  const [row] = await rowsOf('a.csv', '__proto__,b\nx,2\n');
  expect(Object.getPrototypeOf(row?.cells)).toBe(Object.prototype);
  expect(Object.keys(row?.cells ?? {})).toEqual(['__proto__', 'b']);
});

test('bytes that are not UTF-8 are refused instead of being changed', async () => {
  const [row] = await rowsOf('a.csv', Buffer.from('a,b\nM\xfcller,2\n', 'latin1'));
  expect(row?.fault).toBe('holds bytes that are not UTF-8; save the file as UTF-8');
});

test.each([
  ['12345678901234567890', '12345678901234567890'],
  ['-0.1234567890123456789', '-0.1234567890123456789'],
  ['1e400', '1e400'],
  ['"12345678901234567890 \\" 1"', '12345678901234567890 " 1'],
  ['11.77', 11.77],
  ['1e3', 1000],
])('JSONL keeps every digit of %s', async (written, read) => {
  expect(await rowsOf('a.jsonl', `{"x": [${written}], "y": ${written}}\n`)).toEqual([
    { number: 1, cells: { x: [read], y: read } },
  ]);
});

test('a JSONL line that is no object is a row at fault; blank lines do not count', async () => {
  const rows = await rowsOf('a.ndjson', '\uFEFF{"a":1}\r\n\n[1]\n{"a":\n{"a":2}');
  expect(rows.map(({ number, cells, fault }) => [number, cells, fault !== undefined])).toEqual([
    [1, { a: 1 }, false],
    [2, { line: '[1]' }, true],
    [3, { line: '{"a":' }, true],
    [4, { a: 2 }, false],
  ]);
});

test('large files are read whole, in order', async () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `${index},"${'x'.repeat(index % 50)}"`);
  const rows = await rowsOf('a.csv', `id,text\n${lines.join('\n')}\n`);
  expect(rows).toHaveLength(50_000);
  expect(rows.every(({ number, cells, fault }) => cells.id === String(number - 1) && fault === undefined)).toBe(true);
});

test('a file is known by its name', () => {
  expect(['a.csv', 'b.TSV', 'c.jsonl', 'd.ndjson'].map(formatOf)).toEqual(['csv', 'csv', 'jsonl', 'jsonl']);
  expect(() => formatOf('a.xlsx')).toThrow('the name must end with .csv, .tsv, .jsonl, .ndjson');
});

test('a survey tells rows, every column and the same hash for the same bytes', async () => {
  const content = '{"a":1}\n{"b":2}\n';
  const survey = await surveyFile(fileOf('a.jsonl', content));
  expect(survey).toMatchObject({ rows: 2, columns: ['a', 'b'] });
  expect((await surveyFile(fileOf('other.jsonl', content))).contentHash).toBe(survey.contentHash);
  expect((await surveyFile(fileOf('a.jsonl', `${content}{}`))).contentHash).not.toBe(survey.contentHash);
});

test('a file without a record that can be read is refused', async () => {
  await expect(surveyFile(fileOf('a.csv', 'a,b\n'))).rejects.toThrow('has no records that can be read');
});
