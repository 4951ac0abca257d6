import { expect, test } from 'vitest';
import { edgeHeaders } from '../../../../lib/local/http/edge-headers.ts';

test('a policy without CORS adds the same to every answer', () => {
  const policy = {
    ResponseHeadersPolicyConfig: { SecurityHeadersConfig: { FrameOptions: { FrameOption: 'DENY', Override: true } } },
  };
  expect(edgeHeaders(policy)).toEqual({ always: { 'x-frame-options': 'DENY' }, acrossOrigins: {} });
});

test('a policy with CORS adds to answers to pages of other origins', () => {
  const CorsConfig = {
    AccessControlAllowCredentials: false,
    AccessControlAllowOrigins: { Items: ['*'] },
    AccessControlAllowMethods: { Items: ['GET', 'POST'] },
    AccessControlAllowHeaders: { Items: ['Authorization'] },
    AccessControlExposeHeaders: { Items: ['Retry-After'] },
    AccessControlMaxAgeSec: 60,
    OriginOverride: true,
  };
  expect(edgeHeaders({ ResponseHeadersPolicyConfig: { CorsConfig } })).toEqual({
    always: {},
    acrossOrigins: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Authorization',
      'access-control-expose-headers': 'Retry-After',
      'access-control-max-age': '60',
    },
  });
});

test('without a policy nothing is added', () => {
  expect(edgeHeaders({})).toEqual({ always: {}, acrossOrigins: {} });
});
