import { routes } from '../../../core/contract/index.ts';
import { openApiDocument } from '../../../core/contract/openapi.ts';
import { getOpenApi } from '../../../core/contract/system.ts';
import { endpoint } from '../../kit/endpoint.ts';

let document: Record<string, unknown> | undefined;

/** The one handler that reads the whole table of routes. */
export const handler = endpoint(getOpenApi, async () => {
  document ??= { ...openApiDocument(routes) };
  return document;
});
