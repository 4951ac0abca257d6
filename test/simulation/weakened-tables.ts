import type { Item, Table, Value, Write } from '../../core/ports/table.ts';

/** Changes what is written; a write that becomes `undefined` never happens. */
const writing = (table: Table, change: (write: Write) => Write): Table => ({
  ...table,
  write: write => table.write(change(write)),
  transact: writes => table.transact(writes.map(change)),
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

const without = (write: Write, attribute: string): Write => {
  const when = write.when?.filter(condition => condition.attribute !== attribute);
  return write.kind === 'update' && when ? { ...write, when } : write;
};

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
      if (query.prefix !== 'E#') return page;
      const items = page.items.map(({ prev: _prev, ...item }, index): Item => {
        const before = page.items[index - 1]?.sk;
        return before === undefined ? (item as Item) : ({ ...item, prev: before } as Item);
      });
      return { ...page, items };
    },
  };
};

/** Each leaves out one condition that the fold depends on: the simulation must notice every one of them. */
export const weakenedTables: Readonly<Record<string, (table: Table) => Table>> = {
  'the version condition of the head is dropped': table => writing(table, write => without(write, 'h.version')),
  'nobody checks whether the profile is live': table =>
    reading(
      writing(table, write => without(write, 'h.life')),
      item => (isHead(item) ? withHead(item, { life: 'live' }) : item),
    ),
  'the condition of claims is dropped': table =>
    writing(table, write => (write.kind === 'put' && write.item.sk === 'I' ? { ...write, when: [] } : write)),
  'what was folded before is not remembered': table =>
    reading(table, item => (isHead(item) ? withHead(item, { ring: nothing }) : item)),
  'the ring is cleared and its page is empty': table =>
    writing(table, write =>
      write.kind === 'put' && write.item.sk.startsWith('D#')
        ? { ...write, item: { ...write.item, f: nothing } }
        : write,
    ),
  'a chunk that nobody names is taken as real': allChunksNamed,
  'an order belongs to another message as soon as it exists': table =>
    reading(table, item => (item.sk.startsWith('O#') ? { ...item, messageId: 'another' } : item)),
};
