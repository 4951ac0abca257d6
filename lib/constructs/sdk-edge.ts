import { Duration } from 'aws-cdk-lib';
import {
  type BehaviorOptions,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

/** Where SDKs call, in the order in which the edge looks. */
export const sdkPaths = ['/v1/*', '/api/s/*', '/sourceConfig*'] as const;

/** What the SDKs of each family send with their calls, when they try again, and to be told of faults. */
const requestHeaders = [
  ...['Authorization', 'Content-Type', 'AnonymousId', 'SentAt', 'X-Retry-Count', 'X-Write-Key', 'X-Enable-Debug'],
  ...['X-IP-Policy', 'X-Strict-Mode', 'Rsa-Recovered', 'Rsa-Retry-Attempt', 'Rsa-Retry-Reason'],
  ...['Rsa-Since-First-Attempt', 'Rsa-Since-Last-Attempt'],
];
const methods = ['GET', 'POST', 'OPTIONS'];
const rememberHours = 24;

const preflightHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': requestHeaders.join(', '),
  'access-control-max-age': String(rememberHours * 3600),
};

/**
 * The CloudFront function of what SDKs call: it answers preflights, takes slashes from the end of a path, and tells the
 * API the host that was asked, which CloudFront does not. Whatever headers a page asks for it may send: the next version
 * of an SDK may have others.
 */
export const sdkRewrite = `function handler(event) {
  var request = event.request;
  if (request.method === 'OPTIONS') {
    var headers = ${JSON.stringify(
      Object.fromEntries(Object.entries(preflightHeaders).map(([name, value]) => [name, { value }])),
    )};
    var asked = request.headers['access-control-request-headers'];
    if (asked && asked.value) headers['access-control-allow-headers'] = { value: asked.value };
    return { statusCode: 204, statusDescription: 'No Content', headers: headers };
  }
  request.uri = request.uri.replace(/\\/+$/, '') || '/';
  if (request.headers.host) request.headers['x-forwarded-host'] = { value: request.headers.host.value };
  return request;
}
`;

/** What the edge does for SDKs: pages of any origin may send, with a write key and without cookies. */
export class SdkEdge extends Construct {
  readonly behavior: Pick<BehaviorOptions, 'functionAssociations' | 'responseHeadersPolicy'>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const rewrite = new EdgeFunction(this, 'Rewrite', {
      comment: 'Answers preflights of SDKs, and brings their paths into one form',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(sdkRewrite),
    });
    this.behavior = {
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: rewrite }],
      responseHeadersPolicy: this.#headers(),
    };
  }

  #headers(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: 'Customer data platform: pages of any origin may send events',
      corsBehavior: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: requestHeaders,
        accessControlAllowMethods: methods,
        accessControlAllowOrigins: ['*'],
        accessControlExposeHeaders: ['Retry-After'],
        accessControlMaxAge: Duration.hours(rememberHours),
        originOverride: true,
      },
    });
  }
}
