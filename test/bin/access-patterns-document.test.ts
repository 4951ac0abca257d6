import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accessPatternsDocument } from '../../bin/access-patterns-document.ts';
import { itemKinds } from '../../functions/adapters/stores/item-kinds.ts';

test('the committed list of access patterns is current; npx tsx bin/write-access-patterns.ts writes it', () => {
  const path = join(import.meta.dirname, '../../docs/access-patterns.md');
  expect(readFileSync(path, 'utf8')).toBe(accessPatternsDocument());
});

test('every kind of item has a line', () => {
  const document = accessPatternsDocument();
  for (const { title } of Object.values(itemKinds)) expect(document).toContain(`\n| ${title} | `);
});
