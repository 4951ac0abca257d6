import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import { FetchedFiles, FilesTooLarge } from '../../../../functions/adapters/lake/fetched-files.ts';
import { memoryObjectStore } from '../../../../functions/adapters/objects/memory-object-store.ts';

let folder: string;
let objects: ObjectStore;
let reads: string[];
let clock: number;

const put = (key: string, text: string) => objects.put(key, Buffer.from(text));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fetched-'));
  objects = memoryObjectStore();
  reads = [];
  clock = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (bytesMax = 100, freshMilliseconds = 0) =>
  new FetchedFiles({
    objects: {
      facts: objects.facts,
      read: key => {
        reads.push(key);
        return objects.read(key);
      },
    },
    folder,
    bytesMax,
    freshMilliseconds,
    now: () => clock,
  });

const text = (path: string | undefined): string => (path === undefined ? 'nothing' : readFileSync(path, 'utf8'));

test('an object is fetched once and used again', async () => {
  await put('a.parquet', 'one');
  const files = open();
  const paths = [await files.fetch('a.parquet'), await files.fetch('a.parquet')];
  expect(paths[1]).toBe(paths[0]);
  expect(paths[0]).toMatch(/\.parquet$/);
  expect(text(paths[0])).toBe('one');
  expect(reads).toEqual(['a.parquet']);
});

test('an object that changed is fetched again', async () => {
  const files = open();
  await put('a', 'one');
  await files.fetch('a');
  await put('a', 'two');
  expect(text(await files.fetch('a'))).toBe('two');
});

test('whether it changed is not asked again for a while', async () => {
  const files = open(100, 1000);
  await put('a', 'one');
  await files.fetch('a');
  await put('a', 'two');
  expect(text(await files.fetch('a'))).toBe('one');
  clock = 1001;
  expect(text(await files.fetch('a'))).toBe('two');
});

test('an object that is not there has no copy', async () => {
  expect(await open().fetch('nothing')).toBeUndefined();
});

test('those who want the same object at the same time share one fetch', async () => {
  await put('a', 'one');
  const files = open();
  const paths = await Promise.all([files.fetch('a'), files.fetch('a'), files.fetch('a')]);
  expect(new Set(paths).size).toBe(1);
  expect(reads).toEqual(['a']);
});

test('what was used last stays when the room is used up', async () => {
  const files = open(100);
  for (const key of ['a', 'b']) await put(key, key.repeat(40));
  await files.fetch('a');
  clock = 1;
  await files.fetch('b');
  clock = 2;
  await files.fetch('a');
  await put('c', 'c'.repeat(40));
  await files.fetch('c');
  reads = [];
  await files.fetch('a');
  expect(reads).toEqual([]);
  await files.fetch('b');
  expect(reads).toEqual(['b']);
  const bytes = readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).byteLength, 0);
  expect(bytes).toBeLessThanOrEqual(100);
});

test('what somebody reads stays, and what does not fit beside it is refused', async () => {
  const files = open(100);
  await put('a', 'a'.repeat(60));
  await put('b', 'b'.repeat(60));
  await files.holding(['a'], async paths => {
    await expect(files.fetch('b')).rejects.toThrow(FilesTooLarge);
    expect(existsSync(paths.get('a') ?? '')).toBe(true);
  });
  expect(text(await files.fetch('b'))).toBe('b'.repeat(60));
});

test('a later process uses the copies of an earlier one, and removes what that left half done', async () => {
  await put('a', 'one');
  await open().fetch('a');
  writeFileSync(join(folder, '0.part'), 'half');
  reads = [];
  expect(text(await open().fetch('a'))).toBe('one');
  expect(reads).toEqual([]);
  expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([]);
});

test('a fetch that broke off leaves nothing behind and is made anew', async () => {
  await put('a', 'one');
  let broken = true;
  const read = async (key: string) => {
    if (!broken) return objects.read(key);
    return (async function* () {
      yield Buffer.from('o');
      throw new Error('the connection broke');
    })();
  };
  const files = new FetchedFiles({ objects: { facts: objects.facts, read }, folder, bytesMax: 100 });
  await expect(files.fetch('a')).rejects.toThrow('the connection broke');
  expect(readdirSync(folder)).toEqual([]);
  broken = false;
  expect(text(await files.fetch('a'))).toBe('one');
});
