import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildSite } from '../../lib/site.ts';

const ownConsole = join(import.meta.dirname, '../../console');

const directories = () => {
  const root = mkdtempSync(join(tmpdir(), 'cdp-console-'));
  mkdirSync(join(root, 'docs'));
  return {
    consoleDirectory: root,
    documentsDirectory: join(root, 'docs'),
    outputDirectory: mkdtempSync(join(tmpdir(), 'cdp-site-')),
  };
};

test('the site is the console, and below docs Swagger UI with our own page', () => {
  const site = directories();
  writeFileSync(join(site.consoleDirectory, 'index.html'), 'console');
  writeFileSync(join(site.consoleDirectory, 'docs/index.html'), 'documents');
  writeFileSync(join(site.consoleDirectory, 'notes.md'), 'not for the site');
  buildSite(site);
  const read = (name: string) => readFileSync(join(site.outputDirectory, name), 'utf8');
  expect([read('index.html'), read('docs/index.html')]).toEqual(['console', 'documents']);
  expect(read('docs/swagger-ui-bundle.js').length).toBeGreaterThan(100_000);
  expect(existsSync(join(site.outputDirectory, 'notes.md'))).toBe(false);
});

test.each(['index.html', 'docs/index.html'])(
  '%s has no inline script, so that the content policy lets it run',
  name => {
    const page = readFileSync(join(ownConsole, name), 'utf8');
    const scripts = page.match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter(script => !/ src="\/(docs\/|src\/)?[a-z-]+\.(js|tsx)"/.test(script))).toEqual([]);
    expect(page).not.toMatch(/ on[a-z]+="/);
  },
);

test('a console without a page is refused with the file that is expected', () => {
  const site = directories();
  expect(() => buildSite(site)).toThrow(`expected ${join(site.consoleDirectory, 'index.html')}`);
});
