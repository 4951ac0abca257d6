import { expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';

test('says that it is up, bare and to everybody', async () => {
  const platform = await openPlatform();
  const answer = await platform.call('health', { key: null });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ status: 'ok', timestamp: '2026-02-15T12:00:00.000Z' });
});
