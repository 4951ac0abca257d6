import { expect, test } from 'vitest';
import { Routes } from '../../../../lib/local/http/route-match.ts';

const keys = [
  'ANY /files/{proxy+}',
  'GET /people',
  'GET /people/{id}',
  'ANY /people/{id}',
  'GET /people/latest',
  'GET /people/{id}/events/{event}',
  'POST /people/{id+}',
];

const routes = new Routes<string>();
for (const key of keys) routes.add(key, key);

test.each<[string, string, string | undefined, Record<string, string>]>([
  ['GET', '/people', 'GET /people', {}],
  ['GET', '/people/', undefined, {}],
  ['GET', '/people/latest', 'GET /people/latest', {}],
  ['GET', '/people/a%2Fb', 'GET /people/{id}', { id: 'a/b' }],
  ['DELETE', '/people/7', 'ANY /people/{id}', { id: '7' }],
  ['POST', '/people/7', 'ANY /people/{id}', { id: '7' }],
  ['POST', '/people/7/more', 'POST /people/{id+}', { id: '7/more' }],
  ['GET', '/people/7/events/e', 'GET /people/{id}/events/{event}', { id: '7', event: 'e' }],
  ['PUT', '/files/a/b', 'ANY /files/{proxy+}', { proxy: 'a/b' }],
  ['PUT', '/files/', undefined, {}],
  ['GET', '/people/%zz', 'GET /people/{id}', { id: '%zz' }],
  ['GET', '/nowhere', undefined, {}],
])('%s %s → %s', (method, path, routeKey, parameters) => {
  const match = routes.match(method, path);
  expect(match?.routeKey).toBe(routeKey);
  if (match) expect(match.parameters).toEqual(parameters);
});

test('$default answers what no other route does, in whatever order routes are added', () => {
  const some = new Routes<string>();
  some.add('$default', 'fallback');
  some.add('GET /a', 'a');
  expect(some.match('GET', '/a')?.target).toBe('a');
  expect(some.match('POST', '/a')).toEqual({ target: 'fallback', routeKey: '$default', parameters: {} });
});
