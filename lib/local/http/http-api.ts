import type { Resource } from '../assembly/stack.ts';
import type { DeclaredResource, System } from '../assembly/system.ts';
import { booleanOf, listOf, mapOf, numberOf, textOf } from '../assembly/template.ts';
import { LocalError } from '../local-error.ts';
import type { Invocable } from '../worker/invocation.ts';
import { type Authorizer, Authorizing } from './authorizer.ts';
import { type Cors, corsOf, preflight, withCors } from './cors.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from './http-request.ts';
import { answerOf, lambdaEvent, type RequestPlace } from './payload-v2.ts';
import { Routes } from './route-match.ts';

/** Longest answer of a handler that Lambda passes on. */
const answerBytesMax = 6 * 1024 * 1024;

interface RouteTarget {
  function: Invocable;
  authorizer?: Authorizer;
  timeoutMilliseconds: number;
}

/** Gives the function of a declared resource; the same resource gives the same function. */
export type FunctionOf = (resource: Resource) => Invocable;

const errorAnswer = (status: number, message: string): HttpAnswer => jsonAnswer(status, { message });

/** One HTTP API of the synthesised app with its routes, authorizers, stage and CORS configuration. */
export class HttpApi {
  readonly id: string;
  #routes = new Routes<RouteTarget>();
  #authorizing = new Authorizing();
  #cors: Cors | undefined;
  #stage: string;
  #accountId: string;

  constructor(system: System, api: DeclaredResource, functionOf: FunctionOf, accountId: string) {
    this.id = api.logicalId;
    this.#accountId = accountId;
    this.#cors = corsOf(api.properties.CorsConfiguration ? mapOf(api.properties.CorsConfiguration) : undefined);
    const belongs = (resource: Resource): boolean =>
      system.referred(resource, resource.declaration.Properties?.ApiId, 'AWS::ApiGatewayV2::Api')?.id === api.id;
    const [stage] = system.ofType('AWS::ApiGatewayV2::Stage').filter(belongs);
    this.#stage = textOf(stage?.properties.StageName) ?? '$default';
    for (const route of system.ofType('AWS::ApiGatewayV2::Route').filter(belongs))
      this.#routes.add(String(route.properties.RouteKey), routeTarget(system, route, functionOf));
  }

  /** Answers a request as API Gateway would. */
  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const answer = (this.#cors && preflight(this.#cors, request)) ?? (await this.#route(request));
    return this.#cors ? withCors(this.#cors, request, answer) : answer;
  }

  async #route(request: HttpRequest): Promise<HttpAnswer> {
    const prefix = this.#stage === '$default' ? '' : `/${this.#stage}`;
    if (prefix && request.path !== prefix && !request.path.startsWith(`${prefix}/`))
      return errorAnswer(404, 'Not Found');
    const match = this.#routes.match(request.method, request.path.slice(prefix.length) || '/');
    if (!match) return errorAnswer(404, 'Not Found');
    const place: RequestPlace = {
      accountId: this.#accountId,
      apiId: this.id,
      domainName: request.headers.host ?? '',
      stage: this.#stage,
      routeKey: match.routeKey,
      pathParameters: match.parameters,
    };
    const { authorizer } = match.target;
    const verdict = authorizer && (await this.#authorizing.verdict(authorizer, request, place));
    if (verdict && 'refusal' in verdict) return verdict.refusal;
    return invoke(match.target, lambdaEvent(request, place, verdict && { lambda: verdict.context }));
  }
}

const invoke = async (target: RouteTarget, event: unknown): Promise<HttpAnswer> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ kind: 'timedOut' }>(resolve => {
    timer = setTimeout(() => resolve({ kind: 'timedOut' }), target.timeoutMilliseconds);
  });
  const result = await Promise.race([target.function.invoke(event), late]);
  clearTimeout(timer);
  if (result.kind === 'timedOut') return errorAnswer(503, 'Service Unavailable');
  if (result.kind === 'failed') return errorAnswer(500, 'Internal Server Error');
  if (Buffer.byteLength(result.json ?? '') > answerBytesMax) return errorAnswer(502, 'Internal Server Error');
  return answerOf(result.json === undefined ? undefined : JSON.parse(result.json));
};

const integrationOf = (system: System, route: DeclaredResource): DeclaredResource => {
  const target = route.declaration.Properties?.Target;
  const integration = system.referred(route, target, 'AWS::ApiGatewayV2::Integration');
  if (!integration) throw new LocalError(`${route.id} has no integration of the synthesised app as its target.`);
  const declared = system.declared(integration);
  if (declared.properties.IntegrationType !== 'AWS_PROXY' || declared.properties.PayloadFormatVersion !== '2.0')
    throw new LocalError(`${integration.id} is not a Lambda integration with payload format 2.0; only those run here.`);
  return declared;
};

const referredFunction = (system: System, resource: Resource, expression: unknown): Resource => {
  const found = system.referred(resource, expression, 'AWS::Lambda::Function');
  if (!found) throw new LocalError(`${resource.id} points at no function of the synthesised app.`);
  return found;
};

const routeTarget = (system: System, route: DeclaredResource, functionOf: FunctionOf): RouteTarget => {
  const integration = integrationOf(system, route);
  const uri = integration.declaration.Properties?.IntegrationUri;
  return {
    function: functionOf(referredFunction(system, integration, uri)),
    authorizer: authorizerOf(system, route, functionOf),
    timeoutMilliseconds: numberOf(integration.properties.TimeoutInMillis) ?? 30_000,
  };
};

const authorizerOf = (system: System, route: DeclaredResource, functionOf: FunctionOf): Authorizer | undefined => {
  const type = textOf(route.properties.AuthorizationType) ?? 'NONE';
  if (type === 'NONE') return undefined;
  const found = system.referred(route, route.declaration.Properties?.AuthorizerId, 'AWS::ApiGatewayV2::Authorizer');
  const declared = found && system.declared(found);
  if (declared?.properties.AuthorizerType !== 'REQUEST')
    throw new LocalError(`${route.id} is authorized by ${type}; only REQUEST authorizers (a function) run here.`);
  return {
    id: declared.id,
    function: functionOf(referredFunction(system, declared, declared.declaration.Properties?.AuthorizerUri)),
    identitySources: listOf(declared.properties.IdentitySource).map(String),
    simpleResponses: booleanOf(declared.properties.EnableSimpleResponses),
    cacheSeconds: numberOf(declared.properties.AuthorizerResultTtlInSeconds) ?? 300,
  };
};
