import { expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';

test('a caller is told what it may do and see, and nothing of its key', async () => {
  const platform = await openPlatform();
  const { data: key } = await platform.call('createApiKey', { body: { name: 'x', role: 'analyst' } });
  const { data } = await platform.call('getCaller', { key: key.key });
  expect(data).toEqual({
    id: key.id,
    kind: 'secret',
    scopes: ['read'],
    fieldPolicy: { identifier: 'mask', contact: 'mask', sensitive: 'drop' },
  });
});
