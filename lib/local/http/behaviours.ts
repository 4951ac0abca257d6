import type { Resource } from '../assembly/stack.ts';
import type { System } from '../assembly/system.ts';
import { type ExpressionMap, listOf, mapOf, textOf } from '../assembly/template.ts';
import { LocalError } from '../local-error.ts';
import { type AtEdge, edgeFunction } from './edge-function.ts';
import { type EdgeHeaders, edgeHeaders } from './edge-headers.ts';

/** Which paths of the distribution go to which resource. */
export interface Behaviour {
  matches(path: string): boolean;
  /** The API, the function URL or the bucket behind it. */
  origin: Resource;
  /** Headers which CloudFront adds on the way to this origin, in lower case. */
  headers: Record<string, string>;
  /** What a function at the edge makes of the request. */
  atEdge: AtEdge;
  /** Headers which CloudFront adds to the answer. */
  answerHeaders: EdgeHeaders;
}

const originTypes = ['AWS::ApiGatewayV2::Api', 'AWS::Lambda::Url', 'AWS::S3::Bucket'];

/** `*` stands for any text, `?` for one character; a leading slash may be left out. */
const pathMatcher = (pattern: string): ((path: string) => boolean) => {
  const escaped = pattern
    .replace(/^\/?/, '/')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${escaped}$`);
  return path => expression.test(path);
};

const customHeaders = (origin: ExpressionMap): Record<string, string> =>
  Object.fromEntries(
    listOf(origin.OriginCustomHeaders).map(header => {
      const { HeaderName, HeaderValue } = mapOf(header);
      return [String(HeaderName).toLowerCase(), String(HeaderValue)];
    }),
  );

const atEdgeOf = (system: System, distribution: Resource, rule: ExpressionMap): AtEdge => {
  const association = listOf(rule.FunctionAssociations)
    .map(mapOf)
    .find(({ EventType }) => EventType === 'viewer-request');
  const found = association && system.referred(distribution, association.FunctionARN, 'AWS::CloudFront::Function');
  return found ? edgeFunction(String(system.declared(found).properties.FunctionCode)) : request => request;
};

const answerHeadersOf = (system: System, distribution: Resource, rule: ExpressionMap): EdgeHeaders => {
  const type = 'AWS::CloudFront::ResponseHeadersPolicy';
  const found = system.referred(distribution, rule.ResponseHeadersPolicyId, type);
  return edgeHeaders(found ? system.declared(found).properties : {});
};

/**
 * The behaviours of the app's distribution in the order CloudFront tries them, the default last; empty when the app
 * has no distribution. Throws a `LocalError` for an origin that is no API, function URL or bucket of the app.
 */
export const readBehaviours = (system: System): Behaviour[] => {
  const [distribution] = system.ofType('AWS::CloudFront::Distribution');
  if (!distribution) return [];
  const declared = mapOf(distribution.declaration.Properties?.DistributionConfig);
  const resolved = mapOf(distribution.properties.DistributionConfig);
  const origins = listOf(declared.Origins).map((origin, index) => {
    const facts = mapOf(listOf(resolved.Origins)[index]);
    const resource = system.referred(distribution, mapOf(origin).DomainName, ...originTypes);
    return { id: textOf(facts.Id), resource, headers: customHeaders(facts) };
  });
  const behaviour = (rule: ExpressionMap, matches: (path: string) => boolean): Behaviour => {
    const id = textOf(rule.TargetOriginId);
    const origin = origins.find(one => one.id === id);
    if (!origin?.resource)
      throw new LocalError(`The origin ${id} of ${distribution.id} is no API, function URL or bucket of the app.`);
    return {
      matches,
      origin: origin.resource,
      headers: origin.headers,
      atEdge: atEdgeOf(system, distribution, rule),
      answerHeaders: answerHeadersOf(system, distribution, rule),
    };
  };
  return [
    ...listOf(declared.CacheBehaviors)
      .map(mapOf)
      .map(rule => behaviour(rule, pathMatcher(String(rule.PathPattern)))),
    behaviour(mapOf(declared.DefaultCacheBehavior), () => true),
  ];
};
