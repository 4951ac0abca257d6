import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PackedColumns } from '../../../../../core/model/packed-columns.ts';
import { PartBuilder, type RowBlock } from '../../../../../functions/adapters/lake/columns/part-builder.ts';
import { PartMemory, readPart, writePart } from '../../../../../functions/adapters/lake/columns/part-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parts-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Row = [person: number, second: number, type: number, amount: number];

const blockOf = (rows: readonly Row[]): RowBlock => ({
  people: Uint32Array.from(rows.map(([person]) => person)),
  seconds: Uint32Array.from(rows.map(([, second]) => second)),
  types: Uint16Array.from(rows.map(([, , type]) => type)),
  channels: Uint8Array.from(rows.map(([person]) => person % 7)),
  currencies: Uint8Array.from(rows.map(([, second]) => second % 3)),
  amounts: Float64Array.from(rows.map(([, , , amount]) => amount)),
});

const rowsIn = ({ people, starts, seconds, types, amounts }: PackedColumns): Row[] =>
  [...people].flatMap((person, who) => {
    const [start = 0, end = 0] = [starts[who], starts[who + 1]];
    return Array.from({ length: end - start }, (_, offset): Row => {
      const row = start + offset;
      return [person, seconds[row] ?? 0, types[row] ?? 0, amounts[row] ?? 0];
    });
  });

/** A copy: what is emitted lies in memory that is used again. */
const copyOf = (part: PackedColumns): PackedColumns => structuredClone(part);

const someRows = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(1_000_000), fc.nat(300), fc.integer()), { maxLength: 60 })
  .map(rows => rows.sort((left, right) => left[0] - right[0] || left[1] - right[1]) as Row[]);

const cutAt = (rows: readonly Row[], sizes: readonly number[]): Row[][] => {
  const blocks: Row[][] = [];
  let start = 0;
  for (const size of [...sizes, rows.length]) {
    if (start < rows.length) blocks.push(rows.slice(start, start + size));
    start += size;
  }
  return blocks;
};

test('parts hold whole people, every row once and in order, however the rows come', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(someRows, sizes, fc.integer({ min: 1, max: 20 }), async (rows, blocks, aimed) => {
      const parts: PackedColumns[] = [];
      const builder = new PartBuilder(aimed, async part => {
        parts.push(copyOf(part));
      });
      for (const block of cutAt(rows, blocks)) await builder.add(blockOf(block));
      await builder.end();
      expect(parts.flatMap(rowsIn)).toEqual(rows);
      const people = parts.flatMap(part => [...part.people]);
      expect(people).toEqual([...new Set(rows.map(([person]) => person))]);
      for (const part of parts.slice(0, -1)) expect(part.seconds.length).toBeGreaterThanOrEqual(aimed);
    }),
  );
});

const somePart = (): PackedColumns => ({
  people: Uint32Array.of(3, 9),
  starts: Uint32Array.of(0, 2, 3),
  seconds: Uint32Array.of(10, 20, 4_000_000_000),
  types: Uint8Array.of(1, 2, 255),
  channels: Uint8Array.of(0, 1, 2),
  currencies: Uint8Array.of(2, 1, 0),
  amounts: Int32Array.of(-5, 0, 2 ** 31 - 1),
});

test('a part comes back from its file as it was, and only what was asked for', async () => {
  const path = join(folder, 'whole.columns');
  await writePart(path, somePart());
  const all = ['people', 'starts', 'seconds', 'types', 'channels', 'currencies', 'amounts'] as const;
  expect(await readPart(path, all, new PartMemory())).toEqual(somePart());
  const some = await readPart(path, ['starts', 'amounts'], new PartMemory());
  expect(some.amounts).toEqual(somePart().amounts);
  expect([some.seconds.length, some.people.length]).toEqual([0, 0]);
});

test('types and amounts that need more room have it', async () => {
  const path = join(folder, 'wide.columns');
  const wide = { ...somePart(), types: Uint16Array.of(1, 2, 300), amounts: Float64Array.of(-5, 0, 2 ** 40) };
  await writePart(path, wide);
  expect(await readPart(path, ['types', 'amounts', 'starts'], new PartMemory())).toMatchObject({
    types: wide.types,
    amounts: wide.amounts,
  });
});

test('memory that held a larger part before does not show in a smaller one', async () => {
  const memory = new PartMemory();
  const [large, small] = [join(folder, 'large.columns'), join(folder, 'small.columns')];
  await writePart(large, { ...somePart(), people: Uint32Array.of(1, 2, 3, 4, 5, 6, 7, 8), starts: new Uint32Array(9) });
  await writePart(small, somePart());
  await readPart(large, ['people', 'starts'], memory);
  expect((await readPart(small, ['people', 'starts'], memory)).people).toEqual(somePart().people);
});

test('a file that ends too early, or is none of its kind, is refused', async () => {
  const path = join(folder, 'cut.columns');
  await writePart(path, somePart());
  await truncate(path, 80);
  await expect(readPart(path, ['seconds'], new PartMemory())).rejects.toThrow('ends too early');
  await writeFile(join(folder, 'other'), 'x'.repeat(100));
  await expect(readPart(join(folder, 'other'), ['seconds'], new PartMemory())).rejects.toThrow('no part');
});
