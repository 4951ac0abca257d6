import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildQueryLayer, QueryEngineMissing } from '../../lib/query-layer-files.ts';

let folder: string;
let packagesDirectory: string;
let outputDirectory: string;
const names = ['node-api', 'node-bindings', 'node-bindings-linux-x64'];
const inLayer = (name: string) => join(outputDirectory, 'nodejs/node_modules/@duckdb', name);

const install = (name: string, version: string): void => {
  const directory = join(packagesDirectory, '@duckdb', name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ version }));
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'query-layer-'));
  [packagesDirectory, outputDirectory] = [join(folder, 'node_modules'), join(folder, 'layer')];
  for (const name of names) install(name, '1.0.0');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the layer holds the engine and its binding for the machines of Lambda', () => {
  buildQueryLayer({ packagesDirectory, outputDirectory, as: 'copied' });
  expect(names.filter(name => !existsSync(join(inLayer(name), 'package.json')))).toEqual([]);
});

test('it is copied again when a version is another one, and only then', () => {
  buildQueryLayer({ packagesDirectory, outputDirectory, as: 'copied' });
  const before = statSync(inLayer('node-api')).ino;
  buildQueryLayer({ packagesDirectory, outputDirectory, as: 'copied' });
  expect(statSync(inLayer('node-api')).ino).toBe(before);
  install('node-bindings', '1.0.1');
  buildQueryLayer({ packagesDirectory, outputDirectory, as: 'copied' });
  expect(JSON.parse(readFileSync(join(inLayer('node-bindings'), 'package.json'), 'utf8'))).toEqual({
    version: '1.0.1',
  });
});

test('a machine without the binding for Lambda is told how to get it', () => {
  rmSync(join(packagesDirectory, '@duckdb/node-bindings-linux-x64'), { recursive: true });
  const build = () => buildQueryLayer({ packagesDirectory, outputDirectory, as: 'copied' });
  expect(build).toThrow(QueryEngineMissing);
  expect(build).toThrow('--os=linux --cpu=x64');
});

test('on this machine the layer leads to what is installed', () => {
  buildQueryLayer({ packagesDirectory, outputDirectory, as: 'linked' });
  buildQueryLayer({ packagesDirectory, outputDirectory, as: 'linked' });
  expect(existsSync(join(inLayer('node-api'), 'package.json'))).toBe(true);
});
