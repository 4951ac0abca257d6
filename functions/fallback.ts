import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { routes } from '../core/contract/index.ts';
import { basePath } from '../core/contract/route.ts';
import { sdkRoutes } from '../core/contract/sdk/sdk-routes.ts';
import { Problem } from '../core/errors.ts';
import { failure } from './kit/answer.ts';

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}/?$`);

const known = [
  ...routes.map(({ path, method }) => ({ method, pattern: patternOf(`${basePath}${path}`) })),
  ...sdkRoutes.flatMap(({ paths, method }) => paths.map(path => ({ method, pattern: patternOf(path) }))),
];

/** What no route takes: 405 where the path exists for other methods, else 404; in the envelope like every answer. */
export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  const { requestId, http } = event.requestContext;
  const methods = known.filter(({ pattern }) => pattern.test(event.rawPath)).map(({ method }) => method);
  if (methods.length === 0) {
    return failure(new Problem('NOT_FOUND', 'There is nothing at this path; see /docs for what there is'), requestId);
  }
  const allow = [...new Set(methods)].join(', ');
  const answer = failure(
    new Problem('METHOD_NOT_ALLOWED', `${http.method} is not possible here, but ${allow}`),
    requestId,
  );
  return { ...answer, headers: { ...answer.headers, allow } };
};
