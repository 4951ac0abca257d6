import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { withoutLogging } from '../../../functions/adapters/without-logging.ts';
import type { Endpoints } from './start-engines.ts';

/** SDK clients of the runtime itself, one per engine. */
export interface Clients {
  dynamodb: DynamoDBClient;
  streams: DynamoDBStreamsClient;
  kinesis: KinesisClient;
  queues: SQSClient;
  objects: S3Client;
  close(): void;
}

/** The credentials everything on this machine signs with; no engine checks them. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };

/** Opens the clients. Kinesis needs HTTP/1.1: the SDK would speak HTTP/2, which the engine does not. */
export const openClients = (endpoints: Endpoints, region: string): Clients => {
  const options = (endpoint: string) => ({
    endpoint,
    region,
    credentials: localCredentials,
    requestHandler: new NodeHttpHandler({ requestTimeout: 60_000 }),
  });
  const clients = {
    dynamodb: new DynamoDBClient(options(endpoints.dynamodb)),
    streams: new DynamoDBStreamsClient(options(endpoints.dynamodb)),
    kinesis: new KinesisClient(options(endpoints.kinesis)),
    queues: new SQSClient(options(endpoints.queues)),
    objects: new S3Client({ ...options(endpoints.objects), forcePathStyle: true }),
  };
  for (const client of Object.values(clients)) withoutLogging(client);
  return {
    ...clients,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
};
