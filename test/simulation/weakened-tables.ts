import type { Item, LoneWrite, Table, Value, Write } from '../../core/ports/table.ts';
import { addingTable } from './adding-table.ts';

/** Changes what is written. */
const writing = (table: Table, change: <One extends Write>(write: One) => One): Table => ({
  ...table,
  write: write => table.write(change(write)),
  transact: writes => table.transact(writes.map(change)),
  writeEach: writes => table.writeEach(writes.map(change)),
});

/** Changes what is read. */
const reading = (table: Table, change: (item: Item) => Item | Promise<Item>): Table => ({
  ...table,
  get: async (key, consistent) => {
    const item = await table.get(key, consistent);
    return item && change(item);
  },
  getMany: async (keys, consistent) => Promise.all((await table.getMany(keys, consistent)).map(change)),
});

const isHead = ({ sk }: Item): boolean => sk === 'H';
const withHead = (item: Item, change: { [name: string]: Value }): Item => ({
  ...item,
  h: { ...(item.h as { [name: string]: Value }), ...change },
});

const without = <One extends Write>(write: One, attribute: string): One => {
  const when = write.when?.filter(condition => condition.attribute !== attribute);
  return write.kind === 'update' && when ? { ...write, when } : write;
};

const withoutPersonVersion = <One extends Write>(write: One): One =>
  write.kind === 'put' && write.item.sk === 'A' ? { ...write, when: [] } : write;

const nothing = new Uint8Array();

/** Makes all chunks of a partition one chain, as if each were named by the next and the last by the head. */
const allChunksNamed = (table: Table): Table => {
  const chunksOf = async (pk: string): Promise<Item[]> => (await table.query({ pk, prefix: 'E#' })).items;
  const named = reading(table, async item => {
    if (!isHead(item)) return item;
    const last = (await chunksOf(item.pk)).at(-1)?.sk;
    return last === undefined ? item : withHead(item, { lastChunk: last });
  });
  return {
    ...named,
    query: async query => {
      const page = await table.query(query);
      if (page.items[0]?.sk.startsWith('E#') !== true) return page;
      const chunks = await chunksOf(query.pk);
      const before = new Map(chunks.map((chunk, index) => [chunk.sk, chunks[index - 1]?.sk]));
      const items = page.items.map(({ prev: _prev, ...item }): Item => {
        const prev = before.get(String(item.sk));
        return (prev === undefined ? item : { ...item, prev }) as Item;
      });
      return { ...page, items };
    },
  };
};

/** Pages are kept back until the head that names them is written, and are lost with a process that ends before. */
const pagesAfterHeads = (table: Table): Table => {
  const isPage = (write: LoneWrite): boolean => write.kind === 'put' && write.item.sk.startsWith('D#');
  return {
    ...table,
    writeEach: async writes => {
      const done = await table.writeEach(writes.filter(write => !isPage(write)));
      const ends = done.values();
      return writes.map(write => isPage(write) || ends.next().value === true);
    },
  };
};

const isOrderPut = (write: Write): write is Extract<Write, { kind: 'put' }> =>
  write.kind === 'put' && write.item.sk.startsWith('O#');

/** Orders are written for themselves, before the transaction that they belong to. */
const ordersApart = (table: Table): Table => ({
  ...table,
  transact: async writes => {
    await table.writeMany(writes.filter(isOrderPut).map(({ item }) => ({ kind: 'put', item })));
    await table.transact(writes.filter(write => !isOrderPut(write)));
  },
});

/** Each leaves out one condition that the fold depends on: the simulation must notice every one of them. */
export const weakenedTables: Readonly<Record<string, (table: Table) => Table>> = {
  'the version condition of the head is dropped': table => writing(table, write => without(write, 'h.version')),
  'nobody checks whether the profile is live': table =>
    reading(
      writing(table, write => without(withoutPersonVersion(write), 'h.life')),
      item => (isHead(item) ? withHead(item, { life: 'live' }) : item),
    ),
  'the condition of claims is dropped': table =>
    writing(table, write => (write.kind === 'put' && write.item.sk === 'I' ? { ...write, when: [] } : write)),
  'what was folded before is not remembered': table =>
    reading(table, item => (isHead(item) ? withHead(item, { ring: nothing }) : item)),
  'the ring is cleared before its page is written': pagesAfterHeads,
  'a chunk that nobody names is taken as real': allChunksNamed,
  'an order that exists belongs to another message': table =>
    reading(table, item => (item.sk.startsWith('O#') && item.m !== undefined ? { ...item, m: 'another', t: 0 } : item)),
  'an order is kept although its commit is refused': ordersApart,
  'what was given back of an order is not kept': table =>
    writing(table, write =>
      write.kind === 'put' && isOrderPut(write) ? { ...write, item: { ...write.item, r: undefined } } : write,
    ),
  'what events add up to is added without asking what was there': addingTable,
};
