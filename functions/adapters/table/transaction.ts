import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { TransactionRefused, type Write } from '../../../core/ports/table.ts';
import { type Patience, withPatience } from './back-off.ts';
import { transactItem } from './write-input.ts';

const refusal = 'ConditionalCheckFailed';

/** Reasons that pass by themselves. */
const transient = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);

const reasonsOf = (error: TransactionCanceledException): string[] =>
  (error.CancellationReasons ?? []).map(reason => reason.Code ?? 'None');

/** Whether an error comes from another write of the same item, or the same transaction, being under way. */
export const isContention = (error: unknown): boolean => {
  if (error instanceof TransactionCanceledException) {
    const reasons = reasonsOf(error);
    return reasons.some(reason => reason !== 'None') && reasons.every(reason => transient.has(reason));
  }
  return (
    error instanceof Error &&
    (error.name === 'TransactionConflictException' || error.name === 'TransactionInProgressException')
  );
};

const refusedOf = (error: unknown): boolean[] | undefined => {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons = reasonsOf(error);
  return reasons.includes(refusal) ? reasons.map(reason => reason === refusal) : undefined;
};

/**
 * All writes or none. Every attempt of one call carries the same token, so that a repeat after a lost answer (the
 * SDK's or ours) finds the transaction done instead of doing it again or being refused by its own first try.
 */
export const transactWrite = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  writes: Write[],
  patience: Patience,
): Promise<void> => {
  const TransactItems = writes.map(write => transactItem(tableName, write));
  const input = { TransactItems, ClientRequestToken: randomUUID() };
  try {
    await withPatience(patience, isContention, () => client.send(new TransactWriteCommand(input)));
  } catch (error) {
    const refused = refusedOf(error);
    throw refused === undefined ? error : new TransactionRefused(refused);
  }
};
