import { expect, test } from 'vitest';
import { readBehaviours } from '../../../../lib/local/http/behaviours.ts';
import { systemOf } from '../system-of.ts';

const distribution = (origin: unknown = { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }) =>
  systemOf({
    Api: { Type: 'AWS::ApiGatewayV2::Api' },
    Site: { Type: 'AWS::S3::Bucket' },
    Feed: { Type: 'AWS::Lambda::Url' },
    Edge: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Origins: [
            { Id: 'api', DomainName: origin, OriginCustomHeaders: [{ HeaderName: 'X-Origin', HeaderValue: 'sesame' }] },
            { Id: 'site', DomainName: { 'Fn::GetAtt': ['Site', 'RegionalDomainName'] } },
            {
              Id: 'feed',
              DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Feed', 'FunctionUrl'] }] }] },
            },
          ],
          CacheBehaviors: [
            { PathPattern: '/api/events/stream', TargetOriginId: 'feed' },
            { PathPattern: '/api/*', TargetOriginId: 'api' },
            { PathPattern: 'v?/batch', TargetOriginId: 'api' },
          ],
          DefaultCacheBehavior: { TargetOriginId: 'site' },
        },
      },
    },
  });

test.each([
  ['/api/profiles/1', 'Api'],
  ['/api/events/stream', 'Feed'],
  ['/v1/batch', 'Api'],
  ['/v10/batch', 'Site'],
  ['/apis', 'Site'],
  ['/', 'Site'],
])('%s goes to %s', (path, logicalId) => {
  const behaviour = readBehaviours(distribution()).find(({ matches }) => matches(path));
  expect(behaviour?.origin.logicalId).toBe(logicalId);
});

test('the headers that the edge adds for an origin are added here', () => {
  const headers = readBehaviours(distribution()).map(behaviour => behaviour.headers);
  expect(headers).toEqual([{}, { 'x-origin': 'sesame' }, { 'x-origin': 'sesame' }, {}]);
});

test('without a distribution there is nothing to choose', () => {
  expect(readBehaviours(systemOf({ Api: { Type: 'AWS::ApiGatewayV2::Api' } }))).toEqual([]);
});

test('an origin that is none of the app is refused', () => {
  expect(() => readBehaviours(distribution('elsewhere.example'))).toThrow('The origin api of Shop/Edge');
});
