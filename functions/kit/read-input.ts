import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { refusal } from '../../core/contract/refusal.ts';
import type { Route, RouteInput } from '../../core/contract/route.ts';
import { Problem } from '../../core/errors.ts';
import { readBody } from './read-body.ts';

const parse = (part: string, schema: z.ZodType, value: unknown): unknown => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refusal(part, parsed.error);
  return parsed.data;
};

const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');

const checkTexts = (part: string, values: Record<string, string | undefined>): void => {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && !isText(value)) {
      throw new Problem('INVALID_REQUEST', `${part}.${name} is not text`, [
        { path: `${part}.${name}`, reason: 'is not text' },
      ]);
    }
  }
};

/** A parameter that the path leaves empty or that holds what no id holds names nothing. */
const readParams = (schema: z.ZodType, event: APIGatewayProxyEventV2): unknown => {
  const params = event.pathParameters ?? {};
  checkTexts('params', params);
  return parse('params', schema, params);
};

const readQuery = (schema: z.ZodType, event: APIGatewayProxyEventV2): unknown => {
  const query = event.queryStringParameters ?? {};
  checkTexts('query', query);
  return parse('query', schema, query);
};

/** Everything a route takes, parsed by its own schemas. @throws Problem */
export const readInput = <R extends Route>(route: R, event: APIGatewayProxyEventV2): RouteInput<R> => ({
  params: (route.params ? readParams(route.params, event) : undefined) as RouteInput<R>['params'],
  query: (route.query ? readQuery(route.query, event) : undefined) as RouteInput<R>['query'],
  body: (route.body
    ? parse('body', route.body, readBody(event, route.bodyBytesMax))
    : undefined) as RouteInput<R>['body'],
});
