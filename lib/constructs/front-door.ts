import { Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  AuthorizerPayloadVersion,
  CorsHttpMethod,
  type CorsPreflightOptions,
  HttpApi,
  HttpAuthorizer,
  HttpAuthorizerType,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';
import type { FunctionSettings } from '../settings.ts';
import { PlatformFunction } from './platform-function.ts';
import { PlatformLogs } from './platform-logs.ts';
import type { PlatformParts } from './platform-parts.ts';

/** What the API itself needs, before any endpoint is mounted. */
export interface FrontDoorProps {
  parts: PlatformParts;
  settings: FunctionSettings;
}

/** One line per request: what was asked and how it went, nothing about who asked. */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  latencyMilliseconds: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
});

/** Lets pages of the listed origins call the API; without any, browsers may call it from its own origin only. */
const preflight = (origins: readonly string[]): CorsPreflightOptions | undefined =>
  origins.length === 0
    ? undefined
    : {
        allowOrigins: [...origins],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
        allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-api-key'],
        maxAge: Duration.hours(1),
      };

/** The HTTP API: its stage, its authorizer, which gives a verdict and never denies, and the answer to unknown paths. */
export class FrontDoor extends Construct {
  readonly api: HttpApi;
  readonly authorizer: IHttpRouteAuthorizer;

  constructor(scope: Construct, id: string, { parts, settings }: FrontDoorProps) {
    super(scope, id);
    const logGroup = new PlatformLogs(this, 'Logs', parts.data.key);
    const corsPreflight = preflight(settings.CORS_ORIGINS.split(',').filter(origin => origin !== ''));
    this.api = new HttpApi(this, 'Api', {
      createDefaultStage: false,
      description: 'Customer data platform',
      ...(corsPreflight ? { corsPreflight } : {}),
    });
    this.#addStage(logGroup);
    this.authorizer = this.#createAuthorizer(parts, logGroup);
    this.#addFallback(parts, logGroup);
  }

  #addStage(logGroup: PlatformLogs): void {
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 2000, burstLimit: 4000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(accessLogFormat),
      },
    });
  }

  /** Without identity sources and without a cache it is asked on every call, with or without credentials. */
  #createAuthorizer(parts: PlatformParts, logGroup: PlatformLogs): IHttpRouteAuthorizer {
    const handler = new PlatformFunction(this, 'authorizer', {
      parts,
      logGroup,
      file: 'authorizer',
      description: 'Who is calling? Hands a verdict to the endpoint',
      timeoutSeconds: 10,
      wiring: { table: 'read', secret: true },
    });
    const { partition, region } = Stack.of(this);
    const authorizer = new HttpAuthorizer(this, 'Authorizer', {
      httpApi: this.api,
      authorizerName: 'verdict',
      type: HttpAuthorizerType.LAMBDA,
      authorizerUri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`,
      payloadFormatVersion: AuthorizerPayloadVersion.VERSION_2_0,
      enableSimpleResponses: true,
      identitySource: [],
      resultsCacheTtl: Duration.seconds(0),
    });
    handler.addPermission('AuthorizerPermission', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.api.arnForExecuteApi().replace(/\/\*\/\*\/\*$/, `/authorizers/${authorizer.authorizerId}`),
    });
    return HttpAuthorizer.fromHttpAuthorizerAttributes(this, 'Verdict', {
      authorizerId: authorizer.authorizerId,
      authorizerType: 'CUSTOM',
    });
  }

  #addFallback(parts: PlatformParts, logGroup: PlatformLogs): void {
    const handler = new PlatformFunction(this, 'fallback', {
      parts,
      logGroup,
      file: 'fallback',
      description: 'Answers a path or a method that no endpoint has',
      timeoutSeconds: 15,
      wiring: {},
    });
    const route = new HttpRoute(this, 'FallbackRoute', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('FallbackIntegration', handler),
    });
    acknowledge(route, 'openRoute');
  }
}
