import { describe, expect, test } from 'vitest';
import { routes } from '../../../core/contract/index.ts';
import { openApiDocument } from '../../../core/contract/openapi.ts';
import { basePath, type Method } from '../../../core/contract/route.ts';

const document = openApiDocument(routes);

interface Operation {
  operationId: string;
  parameters?: { $ref?: string; in?: string; name?: string; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
  security?: object[];
}

const operationOf = (method: Method, path: string): Operation => {
  const item = document.paths?.[`${basePath}${path}`] as Record<string, Operation> | undefined;
  const operation = item?.[method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${path} is not in the document`);
  return operation;
};

/** Every object below a value, itself included. */
const objectsIn = (value: unknown): Record<string, unknown>[] =>
  typeof value === 'object' && value !== null
    ? [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)]
    : [];

const resolve = (pointer: string): unknown =>
  pointer
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document);

describe('the document', () => {
  test('is OpenAPI 3.1 and plain JSON', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  test('names nothing that it does not define', () => {
    const references = objectsIn(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter(reference => resolve(reference) === undefined)).toEqual([]);
  });

  test('has one operation per route and no other', () => {
    const ids = Object.values(document.paths ?? {}).flatMap(item =>
      Object.values(item as Record<string, Operation>).map(operation => operation.operationId),
    );
    expect(ids.sort()).toEqual(routes.map(route => route.id).sort());
  });

  test('describes every error by one component', () => {
    const problem = operationOf('GET', '/stats').responses['401'];
    expect(problem?.content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Error' });
  });

  test('spells our own words in schemas as extensions', () => {
    const words = objectsIn(document).flatMap(object => Object.keys(object));
    expect(words).toContain('x-field-class');
    expect(words).not.toContain('fieldClass');
  });
});

describe.each(routes)('$id', route => {
  const operation = operationOf(route.method, route.path);

  test('declares every parameter of its path', () => {
    const declared = (operation.parameters ?? []).filter(parameter => parameter.in === 'path');
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(declared.map(parameter => parameter.name)).toEqual(names);
    expect(declared.every(parameter => parameter.required)).toBe(true);
  });

  test('answers its success in the envelope unless it is bare', () => {
    const schema = operation.responses[`${route.status}`]?.content?.['application/json']?.schema;
    if (!route.response) expect(schema).toBeUndefined();
    else if (!route.bare) expect(schema).toMatchObject({ required: ['success', 'data'] });
    else expect(schema).not.toHaveProperty('properties.success');
  });

  test('needs a key unless it is public', () => {
    const statuses = Object.keys(operation.responses);
    expect(statuses.includes('401')).toBe(route.scope !== 'public');
    expect(operation.security).toEqual(route.scope === 'public' ? [] : undefined);
    expect(statuses).toEqual(expect.arrayContaining(['429', '500']));
  });

  test('takes a body, and may refuse it, where the contract has one', () => {
    expect(operation.requestBody !== undefined).toBe(route.body !== undefined);
    expect('413' in operation.responses).toBe(route.body !== undefined);
  });

  test.each(route.examples ?? [])('example: $summary', ({ body }) => {
    expect(route.body?.safeParse(body).error).toBeUndefined();
  });

  const header = { POST: 'IdempotencyKey', PUT: 'IfMatch', GET: undefined, DELETE: undefined }[route.method];
  test(`takes ${header ?? 'no header of its own'}`, () => {
    const references = (operation.parameters ?? []).flatMap(parameter => parameter.$ref ?? []);
    expect(references).toEqual(header === undefined ? [] : [`#/components/parameters/${header}`]);
  });
});
