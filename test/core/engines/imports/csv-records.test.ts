import * as fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { type CsvRecord, csvRecords } from '../../../../core/engines/imports/csv-records.ts';
import { allOf } from '../../../bin/all-of.ts';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const parse = async (text: string, size = 7): Promise<Omit<CsvRecord, 'end'>[]> =>
  (await allOf(csvRecords(pieces(text, size)))).map(({ end: _end, ...record }) => record);
const fieldsOf = async (text: string, size?: number): Promise<string[][]> =>
  (await parse(text, size)).map(({ fields }) => fields);

test.each([
  [
    'line feeds',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'carriage returns and line feeds',
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'carriage returns alone',
    'a,b\r1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'no end of the last line',
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'semicolons',
    'a;b\n1,5;2',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  [
    'tabs',
    'a\tb\n1\t2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a delimiter, a quote and a line end in quotes',
    'a,b\n"1,""x""\r\ny",2\n',
    [
      ['a', 'b'],
      ['1,"x"\r\ny', '2'],
    ],
  ],
  [
    'a quote inside bare text',
    'a,b\n5" pipe,2\n',
    [
      ['a', 'b'],
      ['5" pipe', '2'],
    ],
  ],
  [
    'empty cells',
    'a,b,c\n,,\n"","",\n',
    [
      ['a', 'b', 'c'],
      ['', '', ''],
      ['', '', ''],
    ],
  ],
])('%s', async (_name, text, expected) => {
  for (const size of [1, 3, 1000]) expect(await fieldsOf(text, size)).toEqual(expected);
});

test('what a CSV writer writes is read back, however the bytes arrive', () => {
  const cell = fc.stringMatching(/^[ab ,;"\n\r\t|é😀]{0,6}$/u);
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain(width => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  return fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 20 }), async (rows, size) => {
      const header = (rows[0] ?? []).map((_cell, index) => `column${index}`);
      const text = Papa.unparse([header, ...rows], { newline: '\r\n', quotes: true });
      expect(await fieldsOf(text, size)).toEqual([header, ...rows]);
    }),
    { numRuns: 200 },
  );
});

test('text after a closing quote spoils its own record only', async () => {
  expect(await parse('a,b\n1,"x"y\n3,4\n')).toEqual([
    { fields: ['a', 'b'] },
    { fields: ['1', '"x"y'], fault: 'has text after a closing quote' },
    { fields: ['3', '4'] },
  ]);
});

test.each([
  ['at the end of the file', 'a,b\n"1,2\n3,4\n5,6\n'],
  ['before a million characters', `a,b\n"1,2\n3,4\n5,6\n${'7,8\n'.repeat(600_000)}`],
])('a quote that never closes spoils its own line only: %s', async (_name, text) => {
  const records = await parse(text, 65_536);
  expect(records[1]).toMatchObject({ fields: ['"1', '2'], fault: 'has a quote that is not closed' });
  expect(records.slice(2).filter(({ fault }) => fault !== undefined)).toEqual([]);
  expect(records).toHaveLength(text.split('\n').length - 1);
});

test('a record ends where the next one begins, and can be read on from there', async () => {
  const text = 'a,b\r\n1,"x\r\ny"\r\n\r\n3,4\r\n5,"6"';
  const records = await allOf(csvRecords(pieces(text, 3)));
  expect(records.at(-1)?.end).toBe(text.length);
  for (const [index, { end }] of records.entries()) {
    const rest = await allOf(csvRecords(pieces(text.slice(end), 4), { delimiter: ',', newline: '\n' }));
    expect(rest.map(({ fields }) => fields)).toEqual(records.slice(index + 1).map(({ fields }) => fields));
  }
});
