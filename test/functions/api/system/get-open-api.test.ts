import { expect, test } from 'vitest';
import { routes } from '../../../../core/contract/index.ts';
import { openPlatform } from '../../../fixtures/open-platform.ts';

test('serves the document of all routes, bare, to whoever may read', async () => {
  const platform = await openPlatform();
  const answer = await platform.call('getOpenApi', { key: platform.keys.read });
  const { openapi, paths } = answer.body as { openapi: string; paths: Record<string, object> };
  expect(openapi).toMatch(/^3\.1/);
  const operations = Object.values(paths).flatMap(item => Object.keys(item));
  expect(operations).toHaveLength(routes.length);
});
