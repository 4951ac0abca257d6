import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Connection } from '../../core/engines/sdk/client-context.ts';
import type { AddressPolicy } from '../../core/engines/sdk/shown-address.ts';
import type { CallContext } from '../../core/flows/take-calls.ts';
import type { Services } from './services.ts';

/** Where the edge says that a viewer is, by the header in which it says so. */
const locationHeaders = {
  country: 'cloudfront-viewer-country',
  region: 'cloudfront-viewer-country-region',
  city: 'cloudfront-viewer-city',
} as const;

/**
 * The address of whoever asked. Each hop adds the one before it at the end: behind the edge the last is the edge's own,
 * and everything further in front may be made up by the client.
 */
const addressOf = ({ headers, requestContext }: APIGatewayProxyEventV2, behindEdge: boolean): string => {
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map(hop => hop.trim());
  const asked = behindEdge ? (hops.at(-2) ?? hops.at(-1)) : undefined;
  return asked || requestContext.http.sourceIp;
};

const locationOf = ({ headers }: APIGatewayProxyEventV2): Record<string, string> =>
  Object.fromEntries(
    Object.entries(locationHeaders).flatMap(([name, header]) => {
      const value = headers[header];
      return value === undefined ? [] : [[name, value.slice(0, 100)]];
    }),
  );

/** What the connection tells of whoever sent a request; of a page's only, since a server is not the person. */
const connectionOf = (event: APIGatewayProxyEventV2, behindEdge: boolean): Connection => ({
  fromBrowser: event.headers.origin !== undefined,
  address: addressOf(event, behindEdge),
  userAgent: event.headers['user-agent'],
  location: locationOf(event),
});

/** Jitsu’s client may ask for less of an address than the deployment would keep, never for more. */
const asked: ReadonlyMap<string | undefined, AddressPolicy> = new Map([
  ['remove', 'drop'],
  ['stripLastOctet', 'truncate'],
]);

const addressPolicy = ({ headers }: APIGatewayProxyEventV2, deployed: AddressPolicy): AddressPolicy => {
  const wanted = asked.get(headers['x-ip-policy']);
  return wanted === undefined || deployed === 'drop' ? deployed : wanted;
};

/** What a request and the deployment say of how its calls are to be taken. */
export const circumstancesOf = (
  event: APIGatewayProxyEventV2,
  { settings, originSecret }: Services,
): Pick<CallContext, 'connection' | 'addresses' | 'bots'> => ({
  connection: connectionOf(event, originSecret !== undefined),
  addresses: addressPolicy(event, settings.ipAddresses),
  bots: settings.bots,
});
