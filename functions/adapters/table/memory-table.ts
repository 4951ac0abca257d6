import { isDeepStrictEqual } from 'node:util';
import {
  ConditionRefused,
  type Item,
  type Key,
  type LoneWrite,
  type Query,
  type Table,
  TransactionRefused,
  type Write,
} from '../../../core/ports/table.ts';
import { checkEach, checkTransaction, checkWrite } from './check-write.ts';
import { chunksOf } from './chunks-of.ts';
import { isExpired } from './is-expired.ts';
import { keyId } from './key-id.ts';
import { keyOf } from './key-of.ts';
import { conditionHolds } from './memory/condition-holds.ts';
import { copyItem } from './memory/copy-value.ts';
import { itemAfter } from './memory/item-after.ts';
import { itemSizeBytes } from './memory/item-size.ts';
import { pageOfRows, rowsOf } from './memory/page-of-rows.ts';
import { Rows } from './memory/rows.ts';
import { checkQuery, isEmptyRange } from './query-range.ts';

/** One operation of the table with its first argument; `writeMany` and `writeEach` come once for every 25 writes. */
export type TableCall = {
  [Operation in keyof Table]: [operation: Operation, detail: Parameters<Table[Operation]>[0]];
}[keyof Table];

/** One record of the table's stream: what stood under a key before and after. */
export interface TableChange {
  key: Key;
  oldItem?: Item;
  newItem?: Item;
  /** Counts the changes of this table from 1. */
  sequence: number;
}

export interface MemoryTableHooks {
  /** Runs before an operation: what it throws is what the caller gets, and the operation never happened. */
  before?: (operation: TableCall[0], detail: TableCall[1]) => Promise<void> | void;
  /** Runs after an operation: what it throws is what the caller gets, although the operation happened. */
  after?: (operation: TableCall[0], detail: TableCall[1]) => Promise<void> | void;
  /** Called in order for every change; a write that changes nothing makes none. */
  onChange?: (change: TableChange) => void;
  /** Epoch milliseconds; decides which items have expired. */
  now?: () => number;
}

const batchWritesMax = 25;
const transactionBytesMax = 4 * 1024 * 1024;

/**
 * The table in memory, with the semantics of the one in DynamoDB: for seeded fault schedules and fast tests.
 *
 * Nothing in it depends on time or chance but `now`, so the same calls with the same hooks give the same answers.
 * Items are copied on the way in and out. Its list index is always up to date: a test which must see that code does
 * not rely on it puts a delay before it.
 */
export const memoryTable = ({ before, after, onChange, now = Date.now }: MemoryTableHooks = {}): Table => {
  const rows = new Rows();
  let sequence = 0;

  const hooked = async <Result>(call: TableCall, work: () => Result): Promise<Result> => {
    await before?.(call[0], call[1]);
    const result = work();
    await after?.(call[0], call[1]);
    return result;
  };

  const alive = (item: Item | undefined): item is Item => item !== undefined && !isExpired(item, now());

  const read = (key: Key): Item | undefined => {
    const item = rows.get(key);
    return alive(item) ? copyItem(item) : undefined;
  };

  const livingRows = (query: Query): Item[] => {
    checkQuery(query);
    return isEmptyRange(query) ? [] : [...rows.partition(query.pk, query.index)].filter(alive);
  };

  const commit = (key: Key, newItem: Item | undefined): void => {
    const oldItem = rows.get(key);
    if (isDeepStrictEqual(oldItem, newItem)) return;
    rows.replace(key, newItem);
    sequence += 1;
    const images = { ...(oldItem && { oldItem: copyItem(oldItem) }), ...(newItem && { newItem: copyItem(newItem) }) };
    onChange?.({ key, ...images, sequence });
  };

  const refuses = (write: Write): boolean =>
    (write.when ?? []).some(condition => !conditionHolds(rows.get(keyOf(write)), condition));

  const writeOne = (write: Write): void => {
    checkWrite(write);
    if (refuses(write)) throw new ConditionRefused(`the condition of a ${write.kind} does not hold`);
    commit(keyOf(write), itemAfter(rows.get(keyOf(write)), write));
  };

  const writeLone = (write: LoneWrite): boolean => {
    const isThere = rows.get(keyOf(write)) !== undefined;
    if (refuses(write) || (write.kind === 'update' && !isThere)) return false;
    commit(keyOf(write), itemAfter(rows.get(keyOf(write)), write));
    return true;
  };

  const writeAll = (writes: Write[]): void => {
    checkTransaction(writes);
    const refused = writes.map(refuses);
    if (refused.includes(true)) throw new TransactionRefused(refused);
    const items = writes.map(write => itemAfter(rows.get(keyOf(write)), write));
    const bytes = items.reduce((sum, item) => sum + (item ? itemSizeBytes(item) : 0), 0);
    if (bytes > transactionBytesMax) throw new Error(`table: a transaction of ${bytes} bytes is over 4 MB`);
    for (const [index, write] of writes.entries()) commit(keyOf(write), items[index]);
  };

  return {
    get: key => hooked(['get', key], () => read(key)),

    getMany: keys =>
      hooked(['getMany', keys], () =>
        [...new Map(keys.map(key => [keyId(key), key])).values()].map(read).filter(item => item !== undefined),
      ),

    query: query =>
      hooked(['query', query], () => {
        const page = pageOfRows(livingRows(query), query);
        return { ...page, items: page.items.map(copyItem) };
      }),

    count: query => hooked(['count', query], () => rowsOf(livingRows(query), query).length),

    write: write => hooked(['write', write], () => writeOne(write)),

    transact: writes => hooked(['transact', writes], () => writeAll(writes)),

    writeMany: async writes => {
      for (const write of writes) checkWrite(write);
      for (const chunk of chunksOf(writes, batchWritesMax))
        await hooked(['writeMany', chunk], () => chunk.forEach(writeOne));
    },

    writeEach: async writes => {
      checkEach(writes);
      const done: boolean[] = [];
      for (const chunk of chunksOf(writes, batchWritesMax))
        done.push(...(await hooked(['writeEach', chunk], () => chunk.map(writeLone))));
      return done;
    },
  };
};
