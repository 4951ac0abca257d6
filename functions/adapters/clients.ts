import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { withoutLogging } from './without-logging.ts';

/** One function instance serves one batch or a few requests at a time; the local runtime serves many at once. */
const socketsMax = 128;

const connectionTimeoutMilliseconds = 1_000;
/** No single request to the table takes this long; one that does is lost and is tried again by the SDK. */
const requestTimeoutMilliseconds = 10_000;

/**
 * A document client with the translation that the table adapter needs: `undefined` attributes are left out, empty
 * strings are kept. `config` overrides what the SDK takes from the environment (region, credentials, endpoint).
 */
export const openDocumentClient = (config: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    withoutLogging(
      new DynamoDBClient({
        requestHandler: {
          connectionTimeout: connectionTimeoutMilliseconds,
          requestTimeout: requestTimeoutMilliseconds,
          throwOnRequestTimeout: true,
          httpAgent: { keepAlive: true, maxSockets: socketsMax },
          httpsAgent: { keepAlive: true, maxSockets: socketsMax },
        },
        ...config,
      }),
    ),
    { marshallOptions: { removeUndefinedValues: true } },
  );

let client: DynamoDBDocumentClient | undefined;

/** The one document client of this process, opened when it is first asked for. */
export const documentClient = (): DynamoDBDocumentClient => {
  client ??= openDocumentClient();
  return client;
};
