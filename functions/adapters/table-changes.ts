import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Item } from '../../core/ports/table.ts';
import type { TableChange } from '../../core/ports/table-change.ts';

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

/** Binary travels as base64 in events. */
const decoded = (value: AttributeValue): AttributeValue => {
  if (value.B) return { B: Buffer.from(value.B as unknown as string, 'base64') };
  if (value.M) return { M: Object.fromEntries(Object.entries(value.M).map(([name, inner]) => [name, decoded(inner)])) };
  if (value.L) return { L: value.L.map(decoded) };
  return value;
};

const itemOf = (image: Image): Item | undefined =>
  image === undefined
    ? undefined
    : (unmarshall(decoded({ M: image as Record<string, AttributeValue> }).M ?? {}) as Item);

/** The changes in a batch of the table's stream, in their order. */
export const tableChanges = (records: readonly DynamoDBRecord[]): TableChange[] =>
  records.map(({ dynamodb = {} }) => ({
    sequence: dynamodb.SequenceNumber ?? '',
    at: (dynamodb.ApproximateCreationDateTime ?? 0) * 1000,
    before: itemOf(dynamodb.OldImage),
    after: itemOf(dynamodb.NewImage),
  }));
