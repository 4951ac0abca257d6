import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyColumns } from '../../../../../core/model/packed-columns.ts';
import { writePart } from '../../../../../functions/adapters/lake/columns/part-file.ts';
import type { PassPool } from '../../../../../functions/adapters/lake/columns/pass-pool.ts';

const root = join(import.meta.dirname, '../../../../..');
const plan = { from: 0, until: 100, types: 2 };
let folder = '';
let Pool: typeof PassPool;

/** The pool as functions have it: in a chunk that several of them share, under another name. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pass-pool-'));
  await mkdir(join(folder, 'from'));
  const source = `export { PassPool } from ${JSON.stringify(join(root, 'functions/adapters/lake/columns/pass-pool.ts'))};`;
  const entryPoints = ['one', 'two'].map(name => join(folder, 'from', `${name}.ts`));
  for (const path of entryPoints) await writeFile(path, source);
  await build({
    entryPoints,
    outdir: join(folder, 'to'),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared/[name]-[hash]',
  });
  const bundled = (await import(pathToFileURL(join(folder, 'to/one.mjs')).href)) as { PassPool: typeof PassPool };
  Pool = bundled.PassPool;
});
afterAll(() => rm(folder, { recursive: true }));

/** A part with one person, who had the event at each of these seconds. */
const partWith = async (name: string, seconds: number[]): Promise<string> => {
  const path = join(folder, name);
  await writePart(path, {
    ...emptyColumns(),
    people: Uint32Array.of(1),
    starts: Uint32Array.of(0, seconds.length),
    seconds: Uint32Array.from(seconds),
    types: new Uint8Array(seconds.length).fill(1),
    channels: new Uint8Array(seconds.length),
    currencies: new Uint8Array(seconds.length),
    amounts: new Int32Array(seconds.length),
  });
  return path;
};

test('threads find their program in a bundle, share the parts, and their sums are merged', async () => {
  const paths = [await partWith('a', [1, 2]), await partWith('b', [3]), await partWith('c', [4, 500])];
  const pool = new Pool(2);
  expect(await pool.run({ name: 'countTypes', plan, paths }, { budgetSeconds: 20 })).toEqual({
    events: [0, 4],
    people: [0, 3],
  });
  await pool.close();
});

test('a part that cannot be read fails the question and not the next one', async () => {
  const good = await partWith('good', [1]);
  const pool = new Pool(2);
  await expect(
    pool.run({ name: 'countTypes', plan, paths: [good, join(folder, 'none')] }, { budgetSeconds: 20 }),
  ).rejects.toThrow('ENOENT');
  expect(await pool.run({ name: 'countTypes', plan, paths: [good] }, { budgetSeconds: 20 })).toEqual({
    events: [0, 1],
    people: [0, 1],
  });
  await pool.close();
});
