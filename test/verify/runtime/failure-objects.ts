import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { bucketName } from './probe-app.ts';
import { until } from './probe-logs.ts';
import type { ProbeRuntime } from './probe-runtime.ts';

/** What a mapping wrote into its failure destination. */
export interface FailureObject {
  key: string;
  requestContext: { requestId: string | null; functionArn: string; condition: string; approximateInvokeCount: number };
  responseContext?: { statusCode: number; executedVersion: string; functionError: string | null };
  KinesisBatchInfo: { shardId: string; batchSize: number; streamArn: string; startSequenceNumber: string };
  payload: string;
}

const allObjects = async ({ clients }: ProbeRuntime): Promise<FailureObject[]> => {
  const { Contents = [] } = await clients.objects.send(
    new ListObjectsV2Command({ Bucket: bucketName, Prefix: 'aws/' }),
  );
  return Promise.all(
    Contents.map(async ({ Key = '' }) => {
      const { Body } = await clients.objects.send(new GetObjectCommand({ Bucket: bucketName, Key }));
      return { key: Key, ...(JSON.parse((await Body?.transformToString()) ?? '') as Omit<FailureObject, 'key'>) };
    }),
  );
};

/** Waits for what a stream's mapping gave up, and answers it. */
export const failuresOf = (runtime: ProbeRuntime, streamName: string): Promise<FailureObject[]> =>
  until(`a failure of ${streamName}`, async () => {
    const objects = await allObjects(runtime);
    const own = objects.filter(({ KinesisBatchInfo }) => KinesisBatchInfo.streamArn.endsWith(`/${streamName}`));
    return own.length > 0 ? own : undefined;
  });

/** The ids of the records in the payload of a failure. */
export const idsIn = ({ payload }: FailureObject): string[] => {
  const { Records } = JSON.parse(payload) as { Records: { kinesis: { data: string } }[] };
  return Records.map(
    ({ kinesis }) => (JSON.parse(Buffer.from(kinesis.data, 'base64').toString()) as { id: string }).id,
  );
};
