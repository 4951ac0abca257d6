import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readEnvironmentFile } from '../../../bin/start/read-environment-file.ts';

const names = ['CDP_TEST_OF_A_FILE', 'CDP_TEST_SET_ALREADY'];
afterEach(() => {
  for (const name of names) delete process.env[name];
});

test('a file sets what the environment does not', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'cdp-env-')), '.env');
  writeFileSync(path, '# settings\nCDP_TEST_OF_A_FILE=from the file\nCDP_TEST_SET_ALREADY=from the file\n');
  process.env.CDP_TEST_SET_ALREADY = 'from outside';
  readEnvironmentFile(path);
  expect(names.map(name => process.env[name])).toEqual(['from the file', 'from outside']);
});

test('without a file nothing happens', () => {
  expect(() => readEnvironmentFile('/nowhere/.env')).not.toThrow();
});
