import { NestedStack } from 'aws-cdk-lib';
import {
  type HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { handlerFile } from '../../core/contract/handler-file.ts';
import { basePath, type Route } from '../../core/contract/route.ts';
import { acknowledge } from '../acknowledgements.ts';
import { PlatformFunction } from './platform-function.ts';
import { PlatformLogs } from './platform-logs.ts';
import type { PlatformParts } from './platform-parts.ts';
import { scopeWiring } from './scope-wiring.ts';

/** The routes of one capability and where they are mounted. */
export interface EndpointsProps {
  parts: PlatformParts;
  api: HttpApi;
  authorizer: IHttpRouteAuthorizer;
  routes: readonly Route[];
}

const endpointTimeoutSeconds = 15;

/** Anyone may call a public route, and an ingest route checks its write key itself. */
const isOpen = ({ scope }: Route): boolean => scope === 'public' || scope === 'ingest';

/** A nested stack with the endpoints of one capability: a function, its role and its route for each. */
export class Endpoints extends NestedStack {
  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const logGroup = new PlatformLogs(this, 'Logs', props.parts.data.key);
    for (const route of props.routes) this.#addEndpoint(route, logGroup, props);
  }

  #addEndpoint(route: Route, logGroup: PlatformLogs, { parts, api, authorizer }: EndpointsProps): void {
    const handler = new PlatformFunction(this, route.id, {
      parts,
      logGroup,
      file: handlerFile(route),
      description: route.summary,
      timeoutSeconds: endpointTimeoutSeconds,
      wiring: scopeWiring(route),
    });
    const mounted = new HttpRoute(this, `${route.id}Route`, {
      httpApi: api,
      routeKey: HttpRouteKey.with(`${basePath}${route.path}`, HttpMethod[route.method]),
      integration: new HttpLambdaIntegration(`${route.id}Integration`, handler),
      ...(isOpen(route) ? {} : { authorizer }),
    });
    if (isOpen(route)) acknowledge(mounted, 'openRoute');
  }
}
