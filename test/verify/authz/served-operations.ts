import { sdkRoutes } from '../../../core/contract/sdk/sdk-routes.ts';
import type { Platform } from '../../fixtures/open-platform.ts';

/** An operation as the served document describes it. */
export interface ServedOperation {
  id: string;
  method: string;
  /** With its parameters in braces. */
  path: string;
  /** The capability. */
  tag: string;
  scope: string | undefined;
  example: unknown;
}

interface Operation {
  operationId: string;
  tags?: string[];
  'x-scope'?: string;
  requestBody?: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
}

/** Every operation that the platform says it has. */
export const servedOperations = async (platform: Platform): Promise<ServedOperation[]> => {
  const { paths } = (await platform.call('getOpenApi')).data as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId, tags = [], requestBody, ...operation }]) => {
      const content = requestBody?.content['application/json'];
      return {
        id: operationId,
        method: method.toUpperCase(),
        path,
        tag: tags[0] ?? '',
        scope: operation['x-scope'],
        example: content && (Object.values(content.examples ?? {})[0]?.value ?? {}),
      };
    }),
  );
};

/** What SDKs call to send events; the document of the API leaves it to their makers. */
export const sdkOperations = (): ServedOperation[] =>
  sdkRoutes
    .filter(({ scope }) => scope !== 'public')
    .flatMap(({ id, method, scope, capability, paths }) =>
      paths.map(path => ({
        ...{ id: `${id} ${path}`, method, scope, tag: capability },
        path: path.replace('{call}', 'track'),
        example: { event: 'Tried', userId: 'somebody' },
      })),
    );
