import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtConsole } from '../../lib/built-console.ts';
import { consoleSizes } from '../../lib/console-sizes.ts';

const root = join(import.meta.dirname, '../..');
const [shellMax, pageMax] = [150, 300];

test('the shell is at most 150 kB, and no page adds more than 300 kB', { timeout: 120_000 }, async () => {
  const [shell, ...pages] = consoleSizes(await builtConsole(root));
  expect(shell?.kilobytes).toBeLessThanOrEqual(shellMax);
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter(({ kilobytes }) => kilobytes > pageMax)).toEqual([]);
});

test('the built page has no inline script, so that the content policy lets it run', { timeout: 120_000 }, async () => {
  const page = readFileSync(join(await builtConsole(root), 'index.html'), 'utf8');
  const scripts = page.match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter(script => !/ src="\/[\w./-]+\.js"/.test(script))).toEqual([]);
});
