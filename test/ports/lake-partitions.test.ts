import { describe, expect, test } from 'vitest';
import type { HotObject, LakeDay } from '../../core/model/lake-partition.ts';
import { tableLakePartitions } from '../../functions/adapters/lake/write/table-lake-partitions.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { createTable, sharedDynamoDb } from '../fixtures/dynamodb.ts';

let tables = 0;

/** Each with a table of its own: the documents of the lake are those of the whole table. */
const tableKinds = [
  { name: 'a table in memory', open: async () => memoryTable() },
  {
    name: 'DynamoDB',
    open: async () => {
      const { client } = await sharedDynamoDb();
      const tableName = `lake-partitions-${process.pid}-${tables++}`;
      await createTable(client, tableName);
      return dynamoTable(client, tableName);
    },
  },
];

const day = '2026-02-15';
const noon = Date.parse(`${day}T12:00:00Z`);
const hot = (from: string, to: string, times: Partial<{ minTime: number; maxTime: number }> = {}): HotObject => ({
  ...{ shard: 'shard-1', from, to, at: noon },
  events: {
    ...{ key: `hot/events/${to}`, rows: 1, sizeBytes: 10, minEventId: 'a', maxEventId: 'b', mayRepeat: false },
    ...{ minTime: noon, maxTime: noon, ...times },
  },
});
const document = (upTo: string): LakeDay => ({
  ...{ day, version: 1, runs: [], merged: [], upTo: { 'shard-1': upTo }, retired: [], aside: [] },
});

describe.each(tableKinds)('documents of the lake in $name', ({ open }) => {
  const partitions = async () => tableLakePartitions(await open());

  test('each object goes on where the one before it ended, however long the numbers; of two only the first is named', async () => {
    const lake = await partitions();
    expect(await lake.endOf('shard-1')).toBe('');
    expect(await lake.addHot(hot('', '9'))).toBe(true);
    expect(await lake.addHot(hot('9', '10'))).toBe(true);
    expect(await lake.addHot(hot('10', '123456789012345678901234567890'))).toBe(true);
    expect(await lake.addHot(hot('9', '11'))).toBe(false);
    expect(await lake.addHot(hot('9', '10'))).toBe(true);
    expect(await lake.endOf('shard-1')).toBe('123456789012345678901234567890');
    expect(await lake.endOf('shard-2')).toBe('');
    expect((await lake.hot()).map(({ to }) => to)).toEqual(['9', '10', '123456789012345678901234567890']);
  });

  test('a view leaves out of the hot objects what the files of the day hold', async () => {
    const lake = await partitions();
    await lake.addHot(hot('', '9'));
    await lake.addHot(hot('9', '10', { maxTime: noon + 86_400_000 }));
    expect(await lake.replaceDay(document('9'))).toBe(true);
    const view = await lake.view('2026-02-01', '2026-02-28');
    expect(view.map(one => [one.day, one.hot.map(({ to }) => to)])).toEqual([
      ['2026-02-15', ['10']],
      ['2026-02-16', ['10']],
    ]);
    expect(await lake.view('2026-02-17', '2026-02-28')).toEqual([]);
  });

  test('a document is replaced by whoever knows the newest; a repeat of that very write is done', async () => {
    const lake = await partitions();
    expect(await lake.replaceDay(document('1'))).toBe(true);
    expect(await lake.replaceDay(document('1'))).toBe(true);
    expect(await lake.replaceDay(document('2'))).toBe(false);
    expect(await lake.replaceDay({ ...document('2'), version: 2 })).toBe(true);
    expect(await lake.replaceDay({ ...document('3'), version: 2 })).toBe(false);
    expect((await lake.day(day))?.upTo).toEqual({ 'shard-1': '2' });
    expect(await lake.replaceAliases({ ...(await lake.aliases()), version: 1 })).toBe(true);
  });

  test('what is merged is viewed no more, and what is removed is named no more', async () => {
    const lake = await partitions();
    await lake.addHot(hot('', '9'));
    await lake.updateHot([{ ...hot('', '9'), mergedAt: noon }]);
    expect(await lake.view(day, day)).toEqual([]);
    expect(await lake.hot()).toHaveLength(1);
    await lake.removeHot([hot('', '9')]);
    expect(await lake.hot()).toEqual([]);
  });
});
