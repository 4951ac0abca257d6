import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { knownEventTypes } from '../../../core/model/event-type.ts';

test('every type that is known stands in the documentation, and no other', async () => {
  const document = await readFile(new URL('../../../docs/events.md', import.meta.url), 'utf8');
  const [types = ''] = document.split('\n## ', 1);
  const documented = [...types.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, type]) => type);
  expect(documented).toEqual(knownEventTypes);
});
