import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { handlerFile } from '../core/contract/handler-file.ts';
import { routes } from '../core/contract/index.ts';
import { openApiDocument } from '../core/contract/openapi.ts';
import { basePath, type Method, type Route } from '../core/contract/route.ts';
import { everyItem } from '../core/ports/table.ts';
import { openPlatform, type Platform } from './fixtures/open-platform.ts';
import { handlerOf, type PlatformRequest } from './fixtures/platform-gateway.ts';
import { seedPlatform } from './fixtures/seed-platform.ts';

const root = join(import.meta.dirname, '..');
const document = JSON.parse(JSON.stringify(openApiDocument(routes))) as Document;

interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, object> }>>;
}

const committed = (): Document => JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'));

const operationsOf = ({ paths }: Document): string[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { operationId, responses }]) =>
      Object.keys(responses).map(status => `${method} ${path} ${operationId} ${status}`),
    ),
  );

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});

const namesNothing = 'nothing-has-this-id';

const paramsOf = ({ id, capability, path }: Route): Record<string, string> => ({
  id: seedPlatform.ids[id] ?? seedPlatform.ids[capability] ?? namesNothing,
  ...(path.includes('{profileId}') ? { profileId: seedPlatform.ids.profiles ?? namesNothing } : {}),
  ...(path.includes('{syncId}') ? { syncId: seedPlatform.ids.syncs ?? namesNothing } : {}),
  ...(path.includes('{deliveryId}') ? { deliveryId: seedPlatform.ids.deliveries ?? namesNothing } : {}),
  ...(path.includes('{eventType}') ? { eventType: seedPlatform.ids.schemas ?? namesNothing } : {}),
  ...(path.includes('{value}') ? { type: 'email', value: seedPlatform.email } : {}),
  ...(path.includes('{name}') ? { name: seedPlatform.ids[capability] ?? namesNothing } : {}),
});

/** What a PUT names need not be there before. */
const makesWhatItNames = new Set(['setSchema']);

/** Queries that routes cannot do without, over what was seeded. */
const queries: Readonly<Record<string, Record<string, string>>> = {
  streamEvents: { after: 'now' },
  lookupProfile: { type: 'email', value: seedPlatform.email },
  deleteSegment: { force: 'true' },
};

/** A request that the route takes: the printed example, the ids of what was seeded, the query it cannot do without. */
const goodRequest = (route: Route): PlatformRequest => ({
  ...(route.params ? { params: paramsOf(route) } : {}),
  ...(queries[route.id] ? { query: queries[route.id] } : {}),
  ...(route.body ? { body: route.examples?.[0]?.body } : {}),
});

const call = (route: Route, request: PlatformRequest) => platform.call(route.id as 'health', request);

/** A key that is good, but not for the scope. */
const keyWithout = ({ scope }: Route): string =>
  ({
    public: platform.keys.read,
    ingest: platform.keys.read,
    read: platform.keys.write,
    write: platform.keys.read,
    privacy: platform.keys.marketer,
    admin: platform.keys.marketer,
  })[scope];

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

const auditEntries = async (action: string): Promise<number> => {
  const day = new Date(platform.clock.at).toISOString().slice(0, 10);
  let found = 0;
  for (let partition = 0; partition < 16; partition += 1) {
    for await (const item of everyItem(platform.table, { pk: `AUDIT#${day}#${partition}` })) {
      if ((item.e as { action?: unknown }).action === action) found += 1;
    }
  }
  return found;
};

test('no two routes share an id, or a method and a path', () => {
  expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
  expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
});

test('the API has lost nothing that the committed document promises', () => {
  const now = new Set(operationsOf(document));
  expect(operationsOf(committed()).filter(operation => !now.has(operation))).toEqual([]);
});

describe.each(routes)('$id', route => {
  test('has a handler that serves this very contract', async () => {
    const file = `functions/${handlerFile(route)}.ts`;
    expect(existsSync(join(root, file)), `${file} does not exist`).toBe(true);
    expect((await handlerOf(route)).route).toBe(route);
  });

  test('stands in the OpenAPI document', () => {
    expect(document.paths[`${basePath}${route.path}`]?.[route.method.toLowerCase()]?.operationId).toBe(route.id);
  });

  test('answers a good request with its status, in its shape', async () => {
    await seedPlatform(platform);
    const answer = await call(route, goodRequest(route));
    expect({ status: answer.status, ...(answer.status >= 400 ? answer.error : {}) }).toEqual({ status: route.status });
    if (route.response) expect(route.response.parse(answer.data)).toEqual(answer.data);
    else expect(answer.text).toBe('');
  });

  test.each(route.examples ?? [])('takes the printed example: $summary', async ({ body }) => {
    const { status } = await call(route, { ...goodRequest(route), body });
    expect([route.status, 409]).toContain(status);
  });

  test('answers 405 in the envelope for a method that its path does not have', async () => {
    const path = `${basePath}${route.path.replaceAll(/\{\w+\}/g, namesNothing)}` as const;
    const answer = await platform.call(`PATCH ${path}`);
    expect(answer.status).toBe(405);
    expect(answer.error.code).toBe('METHOD_NOT_ALLOWED');
    const allowed = (answer.headers.allow ?? '').split(', ') as Method[];
    expect(allowed).toContain(route.method);
  });

  if (route.scope !== 'public') {
    test('refuses who sends no key, an unknown or a revoked one', async () => {
      for (const key of [null, 'nonsense', `cdp_test_${'0'.repeat(26)}_${'0'.repeat(48)}`, platform.keys.revoked]) {
        const answer = await call(route, { ...goodRequest(route), key });
        expect(answer.status).toBe(401);
        expect(answer.error).toMatchObject({ code: 'UNAUTHORIZED', details: [], requestId: expect.any(String) });
      }
    });

    test('refuses a key without its scope', async () => {
      const answer = await call(route, { ...goodRequest(route), key: keyWithout(route) });
      expect(answer.status).toBe(403);
      expect(answer.error.code).toBe('FORBIDDEN');
    });
  }

  if (route.body) {
    test.each([
      ['truncated', '{"a":'],
      ['empty', ''],
      ['no object', '7'],
      ['bad UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
      ['a __proto__ member', '{"__proto__": {"polluted": true}}'],
      ['too deep', deep(31)],
      ['too deep below a field', `{"a": ${deep(30)}}`],
    ])('refuses a body that is malformed: %s', async (_name, body) => {
      const answer = await call(route, { ...goodRequest(route), body });
      expect(answer.status).toBe(400);
      expect(answer.error).toMatchObject({ code: 'INVALID_REQUEST', details: [{ path: 'body' }] });
    });

    test('refuses a field that it does not know, and names it', async () => {
      const good = goodRequest(route);
      const answer = await call(route, { ...good, body: { ...(good.body as object), notAField: 1 } });
      expect(answer.status).toBe(400);
      expect(answer.error.details).toContainEqual({ path: 'body.notAField', reason: 'is not a known field' });
    });

    test('refuses a body that is too large', async () => {
      const blanks = ' '.repeat(route.bodyBytesMax ?? 512 * 1024);
      const answer = await call(route, { ...goodRequest(route), body: `${blanks}{}` });
      expect(answer.status).toBe(413);
      expect(answer.error.code).toBe('PAYLOAD_TOO_LARGE');
    });
  }

  if (route.query) {
    test('refuses a query parameter that it does not know, and names it', async () => {
      const good = goodRequest(route);
      const answer = await call(route, { ...good, query: { ...good.query, notAParameter: 1 } });
      expect(answer.status).toBe(400);
      expect(answer.error.details).toContainEqual({ path: 'query.notAParameter', reason: 'is not a known field' });
    });
  }

  if (route.params && !makesWhatItNames.has(route.id)) {
    test('answers 404 for an id that names nothing', async () => {
      for (const id of [namesNothing, '../../health', "'; DROP TABLE", '\u{10ffff}']) {
        const params = Object.fromEntries(Object.keys(paramsOf(route)).map(name => [name, id]));
        const answer = await call(route, { ...goodRequest(route), params });
        expect(answer.status).toBe(404);
        expect(answer.error.code).toBe('NOT_FOUND');
      }
    });
  }

  if (route.method !== 'GET' && route.scope !== 'ingest') {
    test('leaves one audit entry behind when it changes something', async () => {
      await seedPlatform(platform);
      const before = await auditEntries(route.id);
      const { status } = await call(route, goodRequest(route));
      expect((await auditEntries(route.id)) - before).toBe(status < 400 ? 1 : 0);
    });
  }
});

test.each(['GET /', 'GET /api/cdp', 'GET /api/cdp/nothing', 'POST /api/cdp/profiles/a/b/c', 'DELETE /api/cdp/%ff'])(
  'answers 404 in the envelope for %s',
  async target => {
    const answer = await platform.call(target as 'GET /');
    expect(answer.status).toBe(404);
    expect(answer.error.code).toBe('NOT_FOUND');
  },
);
