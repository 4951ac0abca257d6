import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssemblyPlace, builtAssembly } from '../../../bin/start/built-assembly.ts';
import { testDirectory } from '../test-directory.ts';

let root: string;
let place: AssemblyPlace;
let made: number;

const write = (name: string, text: string): void => {
  mkdirSync(join(root, 'core'), { recursive: true });
  writeFileSync(join(root, name), text);
};

beforeEach(() => {
  root = testDirectory();
  made = 0;
  write('core/profile.ts', 'first');
  place = {
    root,
    directory: join(root, 'dist/assemblies'),
    environment: {},
    synthesise: async directory => {
      made += 1;
      const number = made;
      await new Promise(setImmediate);
      writeFileSync(join(directory, 'manifest.json'), `${number}`);
    },
  };
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('it is made once, and found again', async () => {
  const first = await builtAssembly(place);
  expect(await builtAssembly(place)).toBe(first);
  expect(made).toBe(1);
  expect(readFileSync(join(first, 'manifest.json'), 'utf8')).toBe('1');
});

const changes: [string, () => void][] = [
  ['a source is another one', () => write('core/profile.ts', 'second')],
  ['a source is new', () => write('core/event.ts', '')],
  ['a source is gone', () => rmSync(join(root, 'core/profile.ts'))],
  ['a dependency is another one', () => write('package-lock.json', '{}')],
  ['a setting is another one', () => Object.assign(place.environment, { DATA_RETENTION_DAYS: '30' })],
  ['more is to be logged', () => Object.assign(place.environment, { DEBUG: 'cdp:*' })],
];
test.each(changes)('it is made again when %s', async (_what, change) => {
  const before = await builtAssembly(place);
  change();
  expect(await builtAssembly(place)).not.toBe(before);
  expect(made).toBe(2);
});

test('what has no part in it changes nothing', async () => {
  const before = await builtAssembly(place);
  write('notes.txt', 'other');
  Object.assign(place.environment, { PORT: '4000' });
  expect(await builtAssembly(place)).toBe(before);
});

test('two who start at once get the same whole one, and no other is left', async () => {
  const [left, right] = await Promise.all([builtAssembly(place), builtAssembly(place)]);
  expect(left).toBe(right);
  expect(readdirSync(place.directory)).toHaveLength(1);
  expect(readFileSync(join(left, 'manifest.json'), 'utf8')).toMatch(/^[12]$/);
});

test('where it could not be made nothing is left, and the next start tries again', async () => {
  const failing = { ...place, synthesise: () => Promise.reject(new Error('no such handler')) };
  await expect(builtAssembly(failing)).rejects.toThrow('no such handler');
  expect(readdirSync(place.directory)).toEqual([]);
  await builtAssembly(place);
  expect(made).toBe(1);
});

test('those of other sources are removed when nobody has started with them for a day', async () => {
  const old = await builtAssembly(place);
  write('core/profile.ts', 'second');
  const recent = await builtAssembly(place);
  write('core/profile.ts', 'third');
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(old, twoDaysAgo, twoDaysAgo);
  const current = await builtAssembly(place);
  expect(new Set(readdirSync(place.directory).map(name => join(place.directory, name)))).toEqual(
    new Set([recent, current]),
  );
});
