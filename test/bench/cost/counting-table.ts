import type { Item, Key, Table, Write } from '../../../core/ports/table.ts';
import type { TableChange } from '../../../core/ports/table-change.ts';
import { itemSizeBytes } from '../../../functions/adapters/table/memory/item-size.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import type { Ledger } from './ledger.ts';

const [writeUnitBytes, readUnitBytes] = [1024, 4096];
const keysPerRequest = 100;

const idOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;
const writeUnitsOf = (...items: (Item | undefined)[]): number =>
  Math.max(1, ...items.map(item => Math.ceil((item ? itemSizeBytes(item) : 0) / writeUnitBytes)));

/** Every missing item is charged like a small one; eventually consistent reads cost half. */
const readUnitsOf = (bytes: number, consistent: boolean | undefined): number =>
  Math.max(1, Math.ceil(bytes / readUnitBytes)) * (consistent ? 1 : 0.5);

const keyOfWrite = (write: Write): Key => (write.kind === 'put' ? write.item : write.key);

/** Kinds by the partition and the first letter of the sort key: `P#/H`, `I#/I`, `BATCH#/0`. */
const kindOf = ({ pk, sk }: Key): string => `${/^[A-Z-]+#?/.exec(pk)?.[0] ?? pk}/${/^[A-Z]/.exec(sk)?.[0] ?? '…'}`;

/** The key of an item in the list index changes: one write to take it out, one to put it in. */
const indexUnits = (before: Item | undefined, after: Item | undefined): number => {
  const [was, is] = [before, after].map(item => (item?.lpk === undefined ? undefined : `${item.lpk} ${item.lsk}`));
  return was === is ? 0 : (was === undefined ? 0 : 1) + (is === undefined ? 0 : 1);
};

/** Every key of a profile is one small item. */
export const countingSeals = (ledger: () => Ledger): Table =>
  memoryTable({
    before: (operation, detail) => {
      const items = Array.isArray(detail) ? detail.length : 1;
      ledger().request(operation, Math.ceil(items / keysPerRequest));
      if (operation === 'getMany' || operation === 'get') ledger().add('sealReadUnits', items);
      else ledger().add('sealWriteUnits', items);
    },
  });

/** A table in memory that tells a ledger what DynamoDB would charge; `changes` is what its stream would tell. */
export const countingTable = (ledger: () => Ledger, now: () => number): { table: Table; changes: TableChange[] } => {
  const changes: TableChange[] = [];
  const inTransaction = new Set<string>();
  const memory = memoryTable({
    now,
    before: (operation, detail) => {
      const many = operation === 'getMany' && Array.isArray(detail) ? Math.ceil(detail.length / keysPerRequest) : 1;
      ledger().request(operation, many);
      if (operation !== 'transact') return;
      for (const write of detail as Write[]) inTransaction.add(idOf(keyOfWrite(write)));
    },
    onChange: ({ key, sequence, oldItem, newItem }) => {
      const units = writeUnitsOf(oldItem, newItem);
      if (inTransaction.delete(idOf(key))) ledger().add('transactionWriteUnits', 2 * units);
      else ledger().add('writeUnits', units);
      ledger().write(kindOf(key), units);
      ledger().add('indexWriteUnits', indexUnits(oldItem, newItem));
      changes.push({ sequence: String(sequence).padStart(20, '0'), at: now(), before: oldItem, after: newItem });
    },
  });
  const read = (bytes: number, consistent: boolean | undefined): void =>
    ledger().add('readUnits', readUnitsOf(bytes, consistent));
  const table: Table = {
    ...memory,
    get: async (key, consistent) => {
      const item = await memory.get(key, consistent);
      read(item ? itemSizeBytes(item) : 0, consistent);
      return item;
    },
    getMany: async (keys, consistent) => {
      const items = await memory.getMany(keys, consistent);
      for (const item of items) read(itemSizeBytes(item), consistent);
      for (let missing = items.length; missing < keys.length; missing += 1) read(0, consistent);
      return items;
    },
    query: async query => {
      const page = await memory.query(query);
      read(
        page.items.reduce((sum, item) => sum + itemSizeBytes(item), 0),
        query.consistent,
      );
      return page;
    },
    write: async write => {
      try {
        await memory.write(write);
      } catch (refusal) {
        ledger().add('writeUnits', 1);
        throw refusal;
      }
    },
  };
  return { table, changes };
};
