import middy from '@middy/core';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { TableChange } from '../../core/ports/table-change.ts';
import { readyServices } from './ready-services.ts';
import type { Services } from './services.ts';

/** What a batch of the table's stream tells besides its changes. */
export interface TableBatch {
  changes: readonly TableChange[];
  /** The shard that the batch is from; known to consumers with a tumbling window. */
  shardId: string | undefined;
}

/**
 * Makes a Lambda handler of a function over committed changes of the table. Throwing fails the whole batch, which comes
 * again: the second time must change nothing.
 */
export const tableConsumer = (run: (batch: TableBatch, services: Services) => Promise<void>) =>
  middy<DynamoDBStreamEvent, DynamoDBBatchResponse, Error, Context>(async (event: DynamoDBStreamEvent) => {
    const tools = await readyServices();
    const { shardId } = event as DynamoDBStreamEvent & { shardId?: string };
    const changes = tools.readChanges(event.Records);
    if (changes.length > 0) await run({ changes, shardId }, tools);
    return { batchItemFailures: [] };
  });
