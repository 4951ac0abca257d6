import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Condition,
  everyItem,
  type Item,
  type Query,
  type Table,
  TransactionRefused,
  type Write,
} from '../../core/ports/table.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { sharedDynamoDb } from '../fixtures/dynamodb.ts';

/** Few keys, few names and small numbers, so that conditions meet items, and often meet them at their bounds. */
const sortKey = fc.constantFrom('B', 'b#1', '😀');
const small = fc.integer({ min: 0, max: 2 });
const letters = fc.constantFrom('', 'm', 'Z', 'é');
const scalar = fc.oneof({ weight: 4, arbitrary: small }, { weight: 2, arbitrary: letters }, fc.boolean());
const map = fc.record({ x: scalar, y: small }, { requiredKeys: ['y'] });
const value = fc.oneof({ weight: 4, arbitrary: scalar }, map, fc.array(scalar, { maxLength: 2 }));
const typical = { n: small, s: fc.oneof(letters, value), m: fc.oneof({ weight: 4, arbitrary: map }, value) };
const path = fc.constantFrom('n', 'n', 's', 'm', 'm.x', 'm.y', 'lsk');
const numberPath = fc.constantFrom('n', 'n', 'm.y', 's');

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ attribute: path, is: fc.constantFrom('absent' as const, 'present' as const) }),
  fc.record({ attribute: path, is: fc.constant('=' as const), value: scalar }),
  fc.record({
    attribute: fc.constantFrom('n', 'n', 's', 'm.y'),
    is: fc.constantFrom('<' as const, '<=' as const, '>' as const),
    value: fc.oneof(small, letters),
  }),
);
const when = fc.option(fc.array(condition, { minLength: 1, maxLength: 2 }), { nil: undefined });

/** Removing from a map that is not there is left out: the engine allows it, AWS and the memory table do not. */
const writeIn = (pk: string): fc.Arbitrary<Write> => {
  const key = sortKey.map(sk => ({ pk, sk }));
  const attributes = { ...typical, lpk: fc.constant(`${pk}-list`), lsk: fc.constantFrom('x', 'y') };
  return fc.oneof(
    fc.record({
      kind: fc.constant('put' as const),
      item: fc
        .tuple(key, fc.record(attributes, { requiredKeys: ['n', 'm'] }))
        .map(([one, rest]): Item => ({ ...rest, ...one })),
      when,
    }),
    fc.record({
      kind: fc.constant('update' as const),
      key,
      set: fc.dictionary(
        path.filter(one => one !== 'lsk'),
        value,
        { minKeys: 1, maxKeys: 2 },
      ),
      add: fc.dictionary(numberPath, fc.integer({ min: -2, max: 2 }), { maxKeys: 1 }),
      remove: fc.uniqueArray(fc.constantFrom('n', 's', 'lsk'), { maxLength: 1 }),
      when,
    }),
    fc.record({ kind: fc.constant('delete' as const), key, when }),
    fc.record({ kind: fc.constant('check' as const), key, when: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
  );
};

const operationsIn = (pk: string) =>
  fc.array(
    fc.oneof(
      writeIn(pk).map(write => [write]),
      fc.array(writeIn(pk), { minLength: 2, maxLength: 3 }),
    ),
    {
      minLength: 5,
      maxLength: 12,
    },
  );

/** How an operation ended, in words that do not depend on the adapter. */
const outcome = async (table: Table, writes: Write[]): Promise<unknown> => {
  const [first] = writes;
  try {
    await (first && writes.length === 1 ? table.write(first) : table.transact(writes));
    return 'done';
  } catch (error) {
    if (error instanceof TransactionRefused) return error.refused;
    return error instanceof Error && error.name === 'ConditionRefused' ? 'refused' : 'failed';
  }
};

const everything = async (table: Table, query: Query): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const item of everyItem(table, query)) items.push(item);
  return items;
};

/** Rows of the index with one `lsk` have no promised order among themselves. */
const list = async (table: Table, pk: string): Promise<Item[]> =>
  (await everything(table, { index: 'list', pk: `${pk}-list`, limit: 2 })).sort((a, b) => (a.sk < b.sk ? -1 : 1));

test('memory and DynamoDB agree on every sequence of writes: how each ends, and what is then there', async () => {
  const { client, tableName } = await sharedDynamoDb();
  const dynamo = dynamoTable(client, tableName);
  const law = fc.asyncProperty(operationsIn('p'), async template => {
    const pk = `agreement-${randomUUID()}`;
    const operations = JSON.parse(
      JSON.stringify(template).replaceAll('"pk":"p"', `"pk":"${pk}"`).replaceAll('"p-list"', `"${pk}-list"`),
    ) as Write[][];
    const memory = memoryTable();
    for (const writes of operations) expect(await outcome(dynamo, writes)).toEqual(await outcome(memory, writes));
    expect(await everything(dynamo, { pk, limit: 3 })).toEqual(await everything(memory, { pk, limit: 3 }));
    expect(await list(dynamo, pk)).toEqual(await list(memory, pk));
  });
  await fc.assert(law, { numRuns: 400, interruptAfterTimeLimit: 8_000 });
}, 20_000);
