import { describe, expect, test } from 'vitest';
import { handlerFile } from '../../../core/contract/handler-file.ts';
import { routes } from '../../../core/contract/index.ts';
import { basePath } from '../../../core/contract/route.ts';
import { sdkRoutes } from '../../../core/contract/sdk/sdk-routes.ts';
import { routeWiring } from '../../../lib/wiring.ts';
import { actionsOf, functionOf } from '../rights.ts';
import { synthesisePlatform } from '../synthesised-platform.ts';

const platform = synthesisePlatform({ CORS_ORIGINS: 'https://shop.example' });
const mounted = platform.all('AWS::ApiGatewayV2::Route');
const destructive = ['dynamodb:DeleteItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'];

test('the API serves the contract’s routes, each once, and the fallback', () => {
  const keys = mounted.map(({ Properties }) => Properties.RouteKey).sort();
  const promised = [
    ...routes.filter(({ streams }) => !streams).map(({ method, path }) => `${method} ${basePath}${path}`),
    ...sdkRoutes.flatMap(({ method, paths }) => paths.map(path => `${method} ${path}`)),
  ];
  expect(keys).toEqual([...promised, '$default'].sort());
});

describe.each(routes.map(route => [route.id, route] as const))('%s', (_id, route) => {
  const key = `${route.method} ${basePath}${route.path}`;
  const open = route.scope === 'public' || route.scope === 'ingest';

  const { queries = false, timeoutSeconds = 15, putsEvents = false, sends, table } = routeWiring[route.id] ?? {};

  test.skipIf(route.streams)(open ? 'asks no authorizer' : 'asks the authorizer', () => {
    const found = mounted.find(({ Properties }) => Properties.RouteKey === key);
    expect(found?.Properties).toMatchObject({ AuthorizationType: open ? 'NONE' : 'CUSTOM' });
    expect(found?.Properties.AuthorizerId === undefined).toBe(open);
  });

  test('has a function of its own that ends before the gateway does, with the query engine only where it asks', () => {
    if (!route.streams) expect(timeoutSeconds).toBeLessThan(30);
    const { Properties } = functionOf(platform, handlerFile(route));
    expect(Properties.Layers === undefined).toBe(!queries);
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: [queries ? 'x86_64' : 'arm64'],
      MemorySize: expect.any(Number),
      Timeout: timeoutSeconds,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: expect.anything() },
    });
  });

  test('may do what its scope and its wiring say and no more', () => {
    const actions = actionsOf(platform, handlerFile(route));
    const byScope = route.scope !== 'public' && route.scope !== 'ingest' && route.scope !== 'read';
    const writes = table === undefined ? byScope : table === 'read-write';
    expect(actions.some(action => destructive.includes(action))).toBe(writes);
    expect(actions.includes('dynamodb:PutItem')).toBe(route.scope !== 'public' || writes);
    expect(actions.includes('kinesis:PutRecords')).toBe(route.scope === 'ingest' || putsEvents);
    expect(actions.includes('sqs:SendMessage')).toBe(route.scope === 'ingest' || sends !== undefined);
  });
});

test('the authorizer is asked on every call, with or without credentials, and reads only', () => {
  const authorizer = platform.one('AWS::ApiGatewayV2::Authorizer');
  expect(authorizer.Properties).toMatchObject({
    AuthorizerType: 'REQUEST',
    AuthorizerPayloadFormatVersion: '2.0',
    EnableSimpleResponses: true,
    AuthorizerResultTtlInSeconds: 0,
  });
  expect(authorizer.Properties.IdentitySource ?? []).toEqual([]);
  const actions = actionsOf(platform, 'authorizer');
  expect(actions).toContain('secretsmanager:GetSecretValue');
  expect(actions.filter(action => /dynamodb:(Put|Update|Delete|BatchWrite)/.test(action))).toEqual([]);
});

test('pages of the listed origins may call the API', () => {
  const api = platform.one('AWS::ApiGatewayV2::Api');
  expect(api.Properties.CorsConfiguration).toMatchObject({ AllowOrigins: ['https://shop.example'] });
});

test('the API writes one line per request, without the caller, and is throttled', () => {
  const stage = platform.one('AWS::ApiGatewayV2::Stage');
  const settings = stage.Properties.AccessLogSettings as { Format: string };
  expect(Object.keys(JSON.parse(settings.Format))).toEqual(expect.arrayContaining(['requestId', 'route', 'status']));
  expect(settings.Format).not.toMatch(/identity|path|querystring/i);
  expect(stage.Properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: expect.any(Number) });
});
