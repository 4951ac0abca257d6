import { BatchExecuteStatementCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inLanes } from '../../../core/model/in-lanes.ts';
import type { LoneWrite } from '../../../core/ports/table.ts';
import type { Patience } from './back-off.ts';
import { chunksOf } from './chunks-of.ts';
import { sendAll } from './send-all.ts';
import { type Statement, statementOf } from './statement.ts';
import { writeLanes } from './write-lanes.ts';

const statementsMax = 25;

/** The conditions of a statement did not hold; an INSERT finds an item where there should be none. */
const refusals = new Set(['ConditionalCheckFailed', 'DuplicateItem']);

/** What passes by itself. */
const transient = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'InternalServerError',
]);

interface Numbered {
  index: number;
  statement: Statement;
}

/** Whether the statement was done; `undefined` where it is to be sent again. @throws Error for every other failure */
const endOf = (error: { Code?: string; Message?: string } | undefined): boolean | undefined => {
  if (error === undefined) return true;
  if (refusals.has(error.Code ?? '')) return false;
  if (transient.has(error.Code ?? '')) return undefined;
  throw new Error(`table: ${error.Code ?? 'a statement failed'}: ${error.Message ?? ''}`);
};

/** Each write for itself, 25 a request; tells which were done and which refused, in their order. */
export const batchStatements = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  writes: readonly LoneWrite[],
  patience: Patience,
): Promise<boolean[]> => {
  const done: boolean[] = new Array(writes.length).fill(false);
  const send = async (open: Numbered[]): Promise<Numbered[]> => {
    const input = { Statements: open.map(({ statement }) => statement) };
    const { Responses = [] } = await client.send(new BatchExecuteStatementCommand(input));
    return open.filter(({ index }, position) => {
      const end = endOf(Responses[position]?.Error);
      if (end !== undefined) done[index] = end;
      return end === undefined;
    });
  };
  const numbered = writes.map((write, index) => ({ index, statement: statementOf(tableName, write) }));
  await inLanes(chunksOf(numbered, statementsMax), writeLanes, chunk => sendAll(chunk, patience, send));
  return done;
};
