import { booleanOf, type ExpressionMap, mapOf, textOf } from '../assembly/template.ts';

type Header = (security: ExpressionMap) => string | undefined;

/** Strict transport security is left out: a browser forgets it where there is no TLS. */
const headers: Record<string, Header> = {
  'content-security-policy': ({ ContentSecurityPolicy }) => textOf(mapOf(ContentSecurityPolicy).ContentSecurityPolicy),
  'referrer-policy': ({ ReferrerPolicy }) => textOf(mapOf(ReferrerPolicy).ReferrerPolicy),
  'x-content-type-options': ({ ContentTypeOptions }) =>
    booleanOf(mapOf(ContentTypeOptions).Override) ? 'nosniff' : undefined,
  'x-frame-options': ({ FrameOptions }) => textOf(mapOf(FrameOptions).FrameOption),
};

/** The headers that the edge adds to answers, of the properties of a response headers policy. */
export const edgeHeaders = (policy: ExpressionMap): Record<string, string> => {
  const security = mapOf(mapOf(policy.ResponseHeadersPolicyConfig).SecurityHeadersConfig);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, header]) => {
      const value = header(security);
      return value === undefined ? [] : [[name, value]];
    }),
  );
};
