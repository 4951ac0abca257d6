import { NestedStack } from 'aws-cdk-lib';
import {
  type HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type FunctionUrl, FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { handlerFile } from '../../core/contract/handler-file.ts';
import { basePath, type Route } from '../../core/contract/route.ts';
import type { SdkRoute } from '../../core/contract/sdk/sdk-routes.ts';
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
  routes: readonly (Route | SdkRoute)[];
}

const endpointTimeoutSeconds = 15;

/** Reached through the edge alone, which signs what it sends. */
const streamingUrl = { authType: FunctionUrlAuthType.AWS_IAM, invokeMode: InvokeMode.RESPONSE_STREAM };

/** Anyone may call a public route, and an ingest route checks its write key itself. */
const isOpen = ({ scope }: Pick<Route, 'scope'>): boolean => scope === 'public' || scope === 'ingest';

/** Where a route is, below the host. */
const pathsOf = (route: Route | SdkRoute): readonly string[] =>
  'paths' in route ? route.paths : [`${basePath}${route.path}`];

/** A nested stack with the endpoints of one capability: a function, its role and its route for each. */
export class Endpoints extends NestedStack {
  /** The addresses of functions that answer for minutes, which no gateway does, by their paths. */
  readonly streams = new Map<string, FunctionUrl>();

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const logGroup = new PlatformLogs(this, 'Logs', props.parts.data.key);
    for (const route of props.routes) this.#addEndpoint(route, logGroup, props);
  }

  #addEndpoint(route: Route | SdkRoute, logGroup: PlatformLogs, { parts, api, authorizer }: EndpointsProps): void {
    const handler = new PlatformFunction(this, route.id, {
      parts,
      logGroup,
      file: handlerFile(route),
      description: route.summary,
      timeoutSeconds: endpointTimeoutSeconds,
      wiring: scopeWiring(route),
    });
    if ('streams' in route && route.streams) {
      for (const path of pathsOf(route)) this.streams.set(path, handler.addFunctionUrl(streamingUrl));
      return;
    }
    const integration = new HttpLambdaIntegration(`${route.id}Integration`, handler);
    for (const [index, path] of pathsOf(route).entries()) {
      const mounted = new HttpRoute(this, `${route.id}Route${index || ''}`, {
        httpApi: api,
        routeKey: HttpRouteKey.with(path, HttpMethod[route.method]),
        integration,
        ...(isOpen(route) ? {} : { authorizer }),
      });
      if (isOpen(route)) acknowledge(mounted, 'openRoute');
    }
  }
}
