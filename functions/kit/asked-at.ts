import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Where a client has found the platform. */
export interface AskedAt {
  host: string;
  protocol: 'http' | 'https';
}

const hostPattern = /^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$|^\[[0-9A-Fa-f:]{2,45}\](:\d{1,5})?$/;

/** The host by which a client asked: the edge says it, since on the way to the API the name is the API’s own. */
export const askedAt = ({ headers, requestContext }: APIGatewayProxyEventV2): AskedAt => {
  const said = headers['x-forwarded-host'] ?? '';
  return {
    host: hostPattern.test(said) ? said : requestContext.domainName,
    protocol: headers['x-forwarded-proto'] === 'http' ? 'http' : 'https',
  };
};
