import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesOf } from '../../../bin/import/batches.ts';
import type { Row } from '../../../core/engines/imports/row.ts';
import { allOf } from '../all-of.ts';

async function* rowsUpTo(count: number): AsyncGenerator<Row> {
  for (let number = 1; number <= count; number += 1) yield { number, cells: { text: 'x'.repeat(number % 9) } };
}

test('every row that is not skipped is in exactly one batch, and no batch passes its limits', () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 60 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 60 })),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 30, max: 90 }),
      async (count, skipped, rowsMax, bytesMax) => {
        const map = (row: Row) =>
          row.number % 5 === 0 ? { row, path: '', reason: 'no' } : { row, body: { text: row.cells.text } };
        const skip = (row: number): boolean => skipped.includes(row);
        const batches = await allOf(batchesOf(rowsUpTo(count), map, { rowsMax, bytesMax }, skip));
        const numbers = batches.flatMap(({ rows, errors }) =>
          [...rows, ...errors].map(({ row }) => row.number).sort((left, right) => left - right),
        );
        const wanted = Array.from({ length: count }, (_, index) => index + 1).filter(row => !skip(row));
        expect(numbers).toEqual(wanted);
        for (const { from, to, rows, errors } of batches) {
          expect(rows.length + errors.length).toBe(to - from + 1);
          expect(to - from + 1).toBeLessThanOrEqual(rowsMax);
          expect(JSON.stringify(rows.map(({ body }) => body)).length).toBeLessThanOrEqual(bytesMax + 2);
        }
      },
    ),
  ));
