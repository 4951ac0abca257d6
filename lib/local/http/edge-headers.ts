import { booleanOf, type ExpressionMap, listOf, mapOf, numberOf, textOf } from '../assembly/template.ts';

type Header = (config: ExpressionMap) => string | undefined;

/** Strict transport security is left out: a browser forgets it where there is no TLS. */
const securityHeaders: Record<string, Header> = {
  'content-security-policy': ({ ContentSecurityPolicy }) => textOf(mapOf(ContentSecurityPolicy).ContentSecurityPolicy),
  'referrer-policy': ({ ReferrerPolicy }) => textOf(mapOf(ReferrerPolicy).ReferrerPolicy),
  'x-content-type-options': ({ ContentTypeOptions }) =>
    booleanOf(mapOf(ContentTypeOptions).Override) ? 'nosniff' : undefined,
  'x-frame-options': ({ FrameOptions }) => textOf(mapOf(FrameOptions).FrameOption),
};

const joined = (items: unknown): string | undefined => listOf(mapOf(items).Items).join(', ') || undefined;

/** Only for a request that comes from another origin. Every origin may, or none: a list of them does not run here. */
const corsHeaders: Record<string, Header> = {
  'access-control-allow-origin': ({ AccessControlAllowOrigins }) => joined(AccessControlAllowOrigins),
  'access-control-allow-methods': ({ AccessControlAllowMethods }) => joined(AccessControlAllowMethods),
  'access-control-allow-headers': ({ AccessControlAllowHeaders }) => joined(AccessControlAllowHeaders),
  'access-control-expose-headers': ({ AccessControlExposeHeaders }) => joined(AccessControlExposeHeaders),
  'access-control-max-age': ({ AccessControlMaxAgeSec }) => numberOf(AccessControlMaxAgeSec)?.toString(),
};

const read = (headers: Record<string, Header>, config: ExpressionMap): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, header]) => {
      const value = header(config);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** What a response headers policy adds to answers. */
export interface EdgeHeaders {
  always: Record<string, string>;
  /** To answers to pages of other origins, in place of what the origin says. */
  acrossOrigins: Record<string, string>;
}

/** The headers that the edge adds to answers, of the properties of a response headers policy. */
export const edgeHeaders = (policy: ExpressionMap): EdgeHeaders => {
  const { SecurityHeadersConfig, CorsConfig } = mapOf(mapOf(policy).ResponseHeadersPolicyConfig);
  return {
    always: read(securityHeaders, mapOf(SecurityHeadersConfig)),
    acrossOrigins: CorsConfig ? read(corsHeaders, mapOf(CorsConfig)) : {},
  };
};
