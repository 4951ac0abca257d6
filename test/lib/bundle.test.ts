import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bundleHandlers, HandlerMissing } from '../../lib/bundle.ts';
import { handlerEntries } from '../../lib/handler-entries.ts';

const sources = {
  'api/shop/get-price.ts': `import { price } from '../../kit/price.ts'; export const handler = async () => price(2);`,
  'queues/reprice.ts': `import { price } from '../kit/price.ts'; export const handler = async () => price(3);`,
  'kit/price.ts': `import { createRequire } from 'node:module';
    const { sep } = require('node:path');
    export const price = (count: number) => \`\${count * 7}\${typeof createRequire}\${sep}\`;`,
};
const entries = [
  { id: 'getPrice', file: 'api/shop/get-price' },
  { id: 'reprice', file: 'queues/reprice' },
];

const workspace = () => {
  const functionsDirectory = mkdtempSync(join(tmpdir(), 'cdp-functions-'));
  for (const [name, source] of Object.entries(sources)) {
    const path = join(functionsDirectory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
  }
  return { functionsDirectory, outputDirectory: join(functionsDirectory, 'dist'), entries };
};

const filesOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.mjs'))
    .sort();

test('a bundle keeps the tree of the handlers and runs, CommonJS included', async () => {
  const options = workspace();
  await bundleHandlers(options);
  const { handler } = await import(pathToFileURL(join(options.outputDirectory, 'api/shop/get-price.mjs')).href);
  expect(await handler()).toBe('14function/');
  expect(filesOf(options.outputDirectory)).toEqual(
    expect.arrayContaining(['api/shop/get-price.mjs', 'queues/reprice.mjs']),
  );
});

test('what handlers have in common is bundled once', async () => {
  const options = workspace();
  await bundleHandlers(options);
  const holding = filesOf(options.outputDirectory).filter(name =>
    /\*7|7\*/.test(readFileSync(join(options.outputDirectory, name), 'utf8')),
  );
  expect(holding).toHaveLength(1);
  expect(holding[0]).toMatch(/^shared\//);
});

test('a second bundle leaves unchanged files untouched and removes what is no longer wanted', async () => {
  const options = workspace();
  await bundleHandlers(options);
  const kept = join(options.outputDirectory, 'api/shop/get-price.mjs');
  const before = statSync(kept).mtimeMs;
  writeFileSync(join(options.outputDirectory, 'old.mjs'), '');
  await bundleHandlers(options);
  expect(statSync(kept).mtimeMs).toBe(before);
  expect(filesOf(options.outputDirectory)).not.toContain('old.mjs');
});

test('a handler without a file is named with the file that is expected', async () => {
  const options = { ...workspace(), entries: [...entries, { id: 'getStock', file: 'api/shop/get-stock' }] };
  await expect(bundleHandlers(options)).rejects.toThrow(HandlerMissing);
  await expect(bundleHandlers(options)).rejects.toThrow(
    'getStock expects its handler at functions/api/shop/get-stock.ts',
  );
});

test('every handler has a file of its own', () => {
  const files = handlerEntries().map(({ file }) => file);
  expect(files).toEqual(expect.arrayContaining(['authorizer', 'fallback']));
  expect(new Set(files).size).toBe(files.length);
});
