import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Jitsu writes `key:secret`; our keys are both in one. */
const beforeColon = (text: string | undefined): string | undefined => text?.trim().split(':', 1)[0] || undefined;

const fromAuthorization = (header: string | undefined): string | undefined => {
  const [scheme = '', value = ''] = (header ?? '').trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === 'basic') return beforeColon(Buffer.from(value, 'base64').toString('utf8'));
  return scheme.toLowerCase() === 'bearer' ? beforeColon(value) : undefined;
};

/** The write key that a request carries outside its body, as the families of SDKs do it. */
export const writeKeyOf = ({
  headers,
  pathParameters,
  queryStringParameters,
}: APIGatewayProxyEventV2): string | undefined =>
  fromAuthorization(headers.authorization) ??
  beforeColon(headers['x-write-key']) ??
  beforeColon(headers['x-api-key']) ??
  beforeColon(pathParameters?.writeKey) ??
  beforeColon(queryStringParameters?.writeKey);

/** The write key in a body: what a page sends while it is left has no headers of its own. */
export const writeKeyIn = (body: unknown): string | undefined => {
  const { writeKey } = (typeof body === 'object' && body !== null ? body : {}) as { writeKey?: unknown };
  return typeof writeKey === 'string' ? beforeColon(writeKey) : undefined;
};
