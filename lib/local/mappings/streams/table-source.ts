import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as TableRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { Bell } from '../../engines/bell.ts';
import { LocalError } from '../../local-error.ts';
import { eventBytes } from '../payload.ts';
import { jsonImage } from './json-image.ts';
import type { Shard, StreamRecord, StreamSource } from './stream-source.ts';

/** What a table's stream is read with. */
export interface TableSourceOptions {
  dynamodb: DynamoDBClient;
  client: DynamoDBStreamsClient;
  tableName: string;
  /** The stream as functions see it. */
  arn: string;
  region: string;
  bell: Bell;
}

/** The most that the API answers at once. */
const pageSize = 1000;

const streamRecord = ({ dynamodb = {}, ...record }: TableRecord, { arn, region }: TableSourceOptions): StreamRecord => {
  const { ApproximateCreationDateTime, Keys = {}, NewImage, OldImage, ...facts } = dynamodb;
  const arrivedAt = ApproximateCreationDateTime?.getTime() ?? Date.now();
  const event = {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: arrivedAt / 1000,
      Keys: jsonImage(Keys),
      ...(NewImage && { NewImage: jsonImage(NewImage) }),
      ...(OldImage && { OldImage: jsonImage(OldImage) }),
      ...facts,
    },
    ...(record.userIdentity && { userIdentity: record.userIdentity }),
    eventSourceARN: arn,
  };
  const key = JSON.stringify(event.dynamodb.Keys);
  return { sequence: facts.SequenceNumber ?? '', key, arrivedAt, event, bytes: eventBytes(event) };
};

const listShards = async (client: DynamoDBStreamsClient, StreamArn: string): Promise<Shard[]> => {
  const shards: Shard[] = [];
  let ExclusiveStartShardId: string | undefined;
  do {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn, ExclusiveStartShardId }));
    for (const { ShardId = '', ParentShardId } of StreamDescription?.Shards ?? [])
      shards.push({ id: ShardId, parents: ParentShardId ? [ParentShardId] : [] });
    ExclusiveStartShardId = StreamDescription?.LastEvaluatedShardId;
  } while (ExclusiveStartShardId);
  return shards;
};

const streamArnOf = async ({ dynamodb, tableName }: TableSourceOptions): Promise<string> => {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
  if (Table?.LatestStreamArn) return Table.LatestStreamArn;
  throw new LocalError(`The table ${tableName} has no stream. Turn it on in the app, or remove the state directory.`);
};

/** The stream of a table. Order is kept per item, as Lambda keeps it. */
export const tableSource = async (options: TableSourceOptions): Promise<StreamSource> => {
  const StreamArn = await streamArnOf(options);
  return {
    arn: options.arn,
    batchInfo: 'DDBStreamBatchInfo',
    bell: options.bell,
    shards: () => listShards(options.client, StreamArn),
    open: async (ShardId, after) => {
      const { ShardIterator = '' } = await options.client.send(
        new GetShardIteratorCommand({
          StreamArn,
          ShardId,
          ShardIteratorType: after === undefined ? 'TRIM_HORIZON' : 'AFTER_SEQUENCE_NUMBER',
          SequenceNumber: after,
        }),
      );
      return ShardIterator;
    },
    read: async (_shardId, ShardIterator) => {
      const { Records = [], NextShardIterator } = await options.client.send(
        new GetRecordsCommand({ ShardIterator, Limit: pageSize }),
      );
      return { records: Records.map(record => streamRecord(record, options)), next: NextShardIterator };
    },
  };
};
