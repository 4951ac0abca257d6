import { expect, test } from 'vitest';
import { handlerFile } from '../../../core/contract/handler-file.ts';
import { sdkRoutes } from '../../../core/contract/sdk/sdk-routes.ts';
import { sdkRewrite } from '../../../lib/constructs/sdk-edge.ts';
import { edgeFunction } from '../../../lib/local/http/edge-function.ts';
import type { HttpAnswer, HttpRequest } from '../../../lib/local/http/http-request.ts';
import { sdkRequests } from '../../fixtures/sdk-requests.ts';
import { actionsOf } from '../rights.ts';
import { synthesisePlatform } from '../synthesised-platform.ts';

const platform = synthesisePlatform();
const { CacheBehaviors: behaviours } = platform.one('AWS::CloudFront::Distribution').Properties.DistributionConfig as {
  CacheBehaviors: { PathPattern: string; AllowedMethods: string[]; FunctionAssociations?: unknown[] }[];
};

const atEdge = (request: Partial<HttpRequest>) =>
  edgeFunction(sdkRewrite)({
    method: 'POST',
    path: '/v1/track',
    query: '',
    headers: { host: 'cdp.shop.example' },
    sourceIp: '203.0.113.7',
    body: Buffer.alloc(0),
    ...request,
  });

test('what SDKs call is looked at before the API, uncached, with every method', () => {
  const patterns = behaviours.map(({ PathPattern }) => PathPattern);
  const last = patterns.indexOf('/api/*');
  expect(patterns.slice(0, last)).toEqual(expect.arrayContaining(['/v1/*', '/api/s/*', '/sourceConfig*']));
  const own = behaviours.filter(({ PathPattern }) => /^\/(v1|api\/s|sourceConfig)/.test(PathPattern));
  expect(own).toHaveLength(3);
  for (const { AllowedMethods, FunctionAssociations } of own) {
    expect(AllowedMethods).toEqual(expect.arrayContaining(['OPTIONS', 'POST']));
    expect(FunctionAssociations).toHaveLength(1);
  }
});

const preflights = sdkRequests.filter(({ method }) => method === 'OPTIONS');

test.each(preflights.map(({ sdk, headers }) => [sdk, headers['access-control-request-headers'] ?? '']))(
  'the preflight of %s is answered at the edge, with all that it asks for: %s',
  (_sdk, asked) => {
    const { status, headers } = atEdge({ method: 'OPTIONS' }) as HttpAnswer;
    const allowed = headers['access-control-allow-headers']?.toLowerCase().split(', ');
    expect(status).toBe(204);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(allowed).toEqual(expect.arrayContaining(asked.split(',')));
    expect(allowed).toEqual(expect.arrayContaining(['x-retry-count', 'rsa-since-last-attempt']));
  },
);

test('a page may send whatever headers it asks for', () => {
  const asked = { 'access-control-request-headers': 'authorization,header-of-tomorrow' };
  const { headers } = atEdge({ method: 'OPTIONS', headers: asked }) as HttpAnswer;
  expect(headers['access-control-allow-headers']).toBe('authorization,header-of-tomorrow');
});

test('there were preflights of every SDK for browsers', () => {
  expect(new Set(preflights.map(({ sdk }) => sdk)).size).toBe(3);
});

test('the host that was asked is told to the API, and slashes at the end are taken away', () => {
  expect(atEdge({ path: '/sourceConfig/' })).toMatchObject({
    path: '/sourceConfig',
    headers: { 'x-forwarded-host': 'cdp.shop.example' },
  });
  expect(atEdge({ path: '/v1/track' })).toMatchObject({ path: '/v1/track', method: 'POST' });
});

test('pages of any origin may read the answers, also how long they are to wait, and send no cookies', () => {
  const policies = platform
    .all('AWS::CloudFront::ResponseHeadersPolicy')
    .map(({ Properties }) => JSON.stringify(Properties));
  const [policy = ''] = policies.filter(text => text.includes('CorsConfig'));
  expect(policy).toMatch(/"AccessControlAllowCredentials":false/);
  expect(policy).toMatch(/"AccessControlAllowOrigins":\{"Items":\["\*"\]\}/);
  expect(policy).toMatch(/Retry-After/);
});

test.each(sdkRoutes.flatMap(route => route.paths.map(path => [`${route.method} ${path}`, route] as const)))(
  '%s is mounted without an authorizer, by a function that can put nothing but events',
  (key, route) => {
    const mounted = platform.all('AWS::ApiGatewayV2::Route').filter(({ Properties }) => Properties.RouteKey === key);
    expect(mounted.map(({ Properties }) => Properties.AuthorizationType)).toEqual(['NONE']);
    const actions = actionsOf(platform, handlerFile(route));
    expect(actions.includes('kinesis:PutRecords')).toBe(route.scope === 'ingest');
    expect(actions.filter(action => /dynamodb:(Delete|BatchWrite)/.test(action))).toEqual([]);
  },
);
