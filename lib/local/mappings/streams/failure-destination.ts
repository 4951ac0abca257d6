import { randomUUID } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { InvocationResult } from '../../worker/invocation.ts';
import type { Piece } from './after-failure.ts';
import type { StreamSource } from './stream-source.ts';

/** Why records were given up, in Lambda's words. */
export type GiveUpCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** What is kept about records that were given up. */
export interface GivenUp {
  piece: Piece;
  condition: GiveUpCondition;
  shardId: string;
  functionArn: string;
  source: Pick<StreamSource, 'arn' | 'batchInfo'>;
  /** The last invocation with these records, if there was one. */
  result: InvocationResult | undefined;
  /** The event that was, or would have been, the function's. */
  event: unknown;
}

const isoTime = (milliseconds: number | undefined): string => new Date(milliseconds ?? 0).toISOString();

/** The object that Lambda writes to a bucket: facts of the invocation, facts of the batch, the event as JSON text. */
export const invocationRecord = (given: GivenUp, now: Date) => {
  const { piece, condition, result, source } = given;
  const [first] = piece.records;
  const last = piece.records.at(-1);
  return {
    requestContext: {
      requestId: result?.requestId ?? null,
      functionArn: given.functionArn,
      condition,
      approximateInvokeCount: piece.invocations,
    },
    responseContext: result && {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: result.kind === 'answered' ? null : 'Unhandled',
    },
    version: '1.0',
    timestamp: now.toISOString(),
    [source.batchInfo]: {
      shardId: given.shardId,
      startSequenceNumber: first?.sequence,
      endSequenceNumber: last?.sequence,
      approximateArrivalOfFirstRecord: isoTime(first?.arrivedAt),
      approximateArrivalOfLastRecord: isoTime(last?.arrivedAt),
      batchSize: piece.records.length,
      streamArn: source.arn,
    },
    payload: JSON.stringify(given.event),
  };
};

/** `aws/lambda/<mapping uuid>/<shard>/2026/01/31/2026-01-31T10.20.30-<uuid>`. */
export const failureKey = (mappingUuid: string, shardId: string, now: Date, id: string): string => {
  const time = now.toISOString().slice(0, 19);
  const [date = ''] = time.split('T');
  return `aws/lambda/${mappingUuid}/${shardId}/${date.replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${id}`;
};

/** Writes what was given up into the bucket. */
export const keepGivenUp = async (
  client: S3Client,
  bucket: string,
  mappingUuid: string,
  given: GivenUp,
): Promise<void> => {
  const now = new Date();
  const Key = failureKey(mappingUuid, given.shardId, now, randomUUID());
  const Body = JSON.stringify(invocationRecord(given, now));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'application/json' }));
};
