import * as z from 'zod';
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathItemObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { Later } from './later.ts';
import { problemAnswers } from './openapi-problems.ts';
import { documentSchema } from './openapi-schema.ts';
import { basePath, type Route } from './route.ts';

const idempotencyKey = z
  .string()
  .optional()
  .meta({
    description: 'The same request sent again under the same key has its effect once.',
    param: { in: 'header', name: 'Idempotency-Key', id: 'IdempotencyKey' },
  });

const ifMatch = z
  .string()
  .optional()
  .meta({
    description: 'An ETag: the update is refused when the resource has changed since.',
    param: { in: 'header', name: 'If-Match', id: 'IfMatch' },
  });

const envelope = (data: z.ZodType): z.ZodType =>
  z.object({ success: z.literal(true), data, meta: z.record(z.string(), z.unknown()).optional() });

const success = ({ response, bare, summary }: Route): ZodOpenApiResponseObject => ({
  description: summary,
  ...(response && { content: { 'application/json': { schema: bare ? response : envelope(response) } } }),
});

const later: ZodOpenApiResponseObject = {
  description: 'It takes longer than `QUESTION_SECONDS`, or more memory than there is: a job looks for the answer',
  content: { 'application/json': { schema: envelope(Later) } },
};

const requestBody = ({ body, examples = [] }: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> => {
  if (!body) return {};
  const named = examples.map(({ summary, body: value }) => [summary.replaceAll(/\W+/g, '-'), { summary, value }]);
  const content = { 'application/json': { schema: body, examples: Object.fromEntries(named) } };
  return { requestBody: { required: true, content } };
};

const parameters: Partial<Record<Route['method'], z.ZodType[]>> = { POST: [idempotencyKey], PUT: [ifMatch] };

const operation = (route: Route): ZodOpenApiOperationObject => ({
  operationId: route.id,
  summary: route.summary,
  ...(route.description !== undefined && { description: route.description }),
  tags: [route.capability],
  ...(route.scope === 'public' && { security: [] }),
  'x-scope': route.scope,
  parameters: parameters[route.method] ?? [],
  requestParams: { ...(route.params && { path: route.params }), ...(route.query && { query: route.query }) },
  ...requestBody(route),
  responses: { [`${route.status}`]: success(route), ...(route.later && { 202: later }), ...problemAnswers(route) },
});

const pathsOf = (routes: readonly Route[]): ZodOpenApiPathsObject => {
  const paths: Record<string, ZodOpenApiPathItemObject> = {};
  for (const route of routes) {
    const path = `${basePath}${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return paths;
};

const introduction = [
  'Answers are `{"success": true, "data": …}`; errors `{"success": false, "error": {"code", "message", "details", "requestId"}}`.',
  'Every call but `/health` needs an API key, as `Authorization: Bearer <key>` or `x-api-key: <key>`.',
].join('\n\n');

/**
 * The OpenAPI 3.1 document of a table of routes. Paths are absolute (`/api/cdp/…`), so that it serves any host.
 *
 * @example openApiDocument(routes).paths?.['/api/cdp/health']?.get?.operationId // 'health'
 */
export const openApiDocument = (routes: readonly Route[]): oas31.OpenAPIObject =>
  createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'Customer Data Platform', version: '1.0.0', description: introduction },
      servers: [{ url: '/' }],
      security: [{ bearer: [] }, { apiKey: [] }],
      tags: [...new Set(routes.map(route => route.capability))].map(name => ({ name })),
      paths: pathsOf(routes),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        },
      },
    },
    { override: documentSchema },
  );
