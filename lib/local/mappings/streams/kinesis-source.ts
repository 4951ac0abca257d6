import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  type _Record as KinesisRecord,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { Bell } from '../../engines/bell.ts';
import { eventBytes } from '../payload.ts';
import type { Shard, StreamRecord, StreamSource } from './stream-source.ts';

/** What a Kinesis source is made of. */
export interface KinesisSourceOptions {
  client: KinesisClient;
  streamName: string;
  arn: string;
  region: string;
  bell: Bell;
}

/** At 25 kB a record, about as much as Kinesis itself answers at once. */
const pageSize = 400;

const streamRecord = (record: KinesisRecord, shardId: string, { arn, region }: KinesisSourceOptions): StreamRecord => {
  const { SequenceNumber = '', PartitionKey = '', Data = new Uint8Array(), ApproximateArrivalTimestamp } = record;
  const arrivedAt = ApproximateArrivalTimestamp?.getTime() ?? Date.now();
  const event = {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: PartitionKey,
      sequenceNumber: SequenceNumber,
      data: Buffer.from(Data).toString('base64'),
      approximateArrivalTimestamp: arrivedAt / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: `arn:aws:iam::${arn.split(':')[4]}:role/local`,
    awsRegion: region,
    eventSourceARN: arn,
  };
  return { sequence: SequenceNumber, key: PartitionKey, arrivedAt, event, bytes: eventBytes(event) };
};

const listShards = async (client: KinesisClient, StreamName: string): Promise<Shard[]> => {
  const shards: Shard[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListShardsCommand(NextToken ? { NextToken } : { StreamName }));
    for (const { ShardId = '', ParentShardId, AdjacentParentShardId } of page.Shards ?? [])
      shards.push({ id: ShardId, parents: [ParentShardId, AdjacentParentShardId].flatMap(id => id ?? []) });
    NextToken = page.NextToken;
  } while (NextToken);
  return shards;
};

/** A Kinesis stream, addressed by its name. */
export const kinesisSource = (options: KinesisSourceOptions): StreamSource => ({
  arn: options.arn,
  batchInfo: 'KinesisBatchInfo',
  bell: options.bell,
  shards: () => listShards(options.client, options.streamName),
  open: async (ShardId, after) => {
    const { ShardIterator = '' } = await options.client.send(
      new GetShardIteratorCommand({
        StreamName: options.streamName,
        ShardId,
        ShardIteratorType: after === undefined ? 'TRIM_HORIZON' : 'AFTER_SEQUENCE_NUMBER',
        StartingSequenceNumber: after,
      }),
    );
    return ShardIterator;
  },
  read: async (shardId, ShardIterator) => {
    const { Records = [], NextShardIterator } = await options.client.send(
      new GetRecordsCommand({ ShardIterator, Limit: pageSize }),
    );
    return { records: Records.map(record => streamRecord(record, shardId, options)), next: NextShardIterator };
  },
});
