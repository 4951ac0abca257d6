import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { tableChanges } from '../../../functions/adapters/table-changes.ts';

/** As it travels in an event: binary as base64. */
const image = (item: object) =>
  JSON.parse(
    JSON.stringify(marshall(item), (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );

/** `JSON.stringify` of a Buffer would call its `toJSON` first. */
const plainBytes = (bytes: number[]): Uint8Array => Uint8Array.from(bytes);

test('both images of a change come back as items, binary in maps and lists included', () => {
  const before = { pk: 'p', sk: 'H', h: { version: 1, ring: plainBytes([0, 255]) }, list: [plainBytes([1])] };
  const after = { ...before, h: { version: 2, ring: plainBytes([]) } };
  const records = [
    {
      dynamodb: {
        SequenceNumber: '7',
        ApproximateCreationDateTime: 1_790_000_000,
        OldImage: image(before),
        NewImage: image(after),
      },
    },
    { dynamodb: { SequenceNumber: '8', ApproximateCreationDateTime: 1_790_000_001, OldImage: image(after) } },
  ] as DynamoDBRecord[];
  const [change, removal] = tableChanges(records);
  expect(change).toMatchObject({ sequence: '7', at: 1_790_000_000_000 });
  const ringOf = (item: unknown) => [...(item as typeof before).h.ring];
  expect([ringOf(change?.before), ringOf(change?.after)]).toEqual([[0, 255], []]);
  expect(change?.after).toMatchObject({ pk: 'p', sk: 'H', h: { version: 2 } });
  expect(removal?.after).toBeUndefined();
  expect(removal?.before).toMatchObject({ h: { version: 2 } });
});
