import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsDocument } from '../../lib/settings-document.ts';

test('docs/settings.md is current; `npx tsx bin/write-settings.ts` makes it so', () => {
  const written = readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8');
  expect(written).toBe(settingsDocument());
});
