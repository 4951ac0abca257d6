import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { siteRewrite } from '../../../lib/constructs/site-rewrite.ts';
import { synthesisePlatform } from '../synthesised-platform.ts';

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/one';
const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/one';
const platform = synthesisePlatform({}, { certificateArn, webAclArn, domainName: 'cdp.shop.example' });
const distribution = platform.one('AWS::CloudFront::Distribution');
const config = distribution.Properties.DistributionConfig as {
  CacheBehaviors: { PathPattern: string; TargetOriginId: string; CachePolicyId: string }[];
  DefaultCacheBehavior: Record<string, unknown>;
  Origins: { Id: string; OriginCustomHeaders?: unknown[]; OriginAccessControlId?: unknown }[];
};

const rewritten = (uri: string): string =>
  runInNewContext(`${siteRewrite}; handler(event).uri`, { event: { request: { uri } } });

test.each([
  ['/', '/index.html'],
  ['/profiles/one', '/index.html'],
  ['/docs', '/docs/index.html'],
  ['/docs/', '/docs/index.html'],
  ['/documents', '/index.html'],
  ['/docs/swagger-ui.css', '/docs/swagger-ui.css'],
  ['/assets/app.3f2a.js', '/assets/app.3f2a.js'],
])('the path %s is answered by %s', (uri, file) => {
  expect(rewritten(uri)).toBe(file);
});

test('the API is on the console’s origin, uncached, and reached with the edge’s secret', () => {
  const behaviour = config.CacheBehaviors.find(({ PathPattern }) => PathPattern === '/api/*');
  expect(behaviour).toMatchObject({ ViewerProtocolPolicy: 'https-only' });
  expect(behaviour?.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
  const origin = config.Origins.find(({ Id }) => Id === behaviour?.TargetOriginId);
  expect(JSON.stringify(origin?.OriginCustomHeaders)).toMatch(/x-cdp-origin.*resolve:secretsmanager/);
});

test('the live feed is a function behind its own path, which answers to the edge alone', () => {
  const [behaviour] = config.CacheBehaviors;
  expect(behaviour).toMatchObject({ PathPattern: '/api/cdp/events/stream', ViewerProtocolPolicy: 'https-only' });
  const origin = config.Origins.find(({ Id }) => Id === behaviour?.TargetOriginId);
  expect(origin?.OriginAccessControlId).toBeDefined();
  expect(JSON.stringify(origin?.OriginCustomHeaders)).toMatch(/x-cdp-origin.*resolve:secretsmanager/);
  expect(platform.one('AWS::Lambda::Url').Properties).toMatchObject({
    AuthType: 'AWS_IAM',
    InvokeMode: 'RESPONSE_STREAM',
  });
});

test('the site’s bucket and the live feed are read by the distribution alone', () => {
  expect(config.Origins.filter(({ OriginAccessControlId }) => OriginAccessControlId !== undefined)).toHaveLength(2);
  expect(config.DefaultCacheBehavior).toMatchObject({ ViewerProtocolPolicy: 'redirect-to-https' });
});

test('pages run scripts of their own origin only and cannot be framed', () => {
  const [policy] = platform
    .all('AWS::CloudFront::ResponseHeadersPolicy')
    .filter(({ Properties }) => JSON.stringify(Properties).includes('script-src'));
  const text = JSON.stringify(policy?.Properties);
  const scripts = /script-src ([^;]*)/.exec(text)?.[1];
  expect(scripts).toBe("'self'");
  expect(text).toContain("frame-ancestors 'none'");
  expect(config.DefaultCacheBehavior.ResponseHeadersPolicyId).toEqual({ Ref: policy?.id });
});

test('a domain, its certificate and a web ACL are taken from context', () => {
  expect(config).toMatchObject({
    Aliases: ['cdp.shop.example'],
    ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    WebACLId: webAclArn,
  });
});

test('files below assets are kept for a year, everything else is asked for anew', () => {
  const caching = platform
    .all('Custom::CDKBucketDeployment')
    .map(({ Properties }) => [
      Properties.Include ?? 'all',
      (Properties.SystemMetadata as Record<string, string>)['cache-control'],
    ]);
  expect(caching).toEqual([
    [['assets/*'], 'public, max-age=31536000, immutable'],
    ['all', 'no-cache'],
  ]);
});
