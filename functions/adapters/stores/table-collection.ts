import {
  type Collection,
  type CommitTogether,
  type Document,
  DocumentChanged,
} from '../../../core/ports/collection.ts';
import {
  type Condition,
  ConditionRefused,
  everyItem,
  type Item,
  type Key,
  type Table,
  TransactionRefused,
  type Value,
  type Write,
} from '../../../core/ports/table.ts';

/** Documents in one partition of the table, each in attribute `d`. */
export const tableCollection = <D extends Document>(table: Table, keyOf: (id: string) => Key): Collection<D> => {
  const documentIn = (item: Item): D => item.d as unknown as D;
  const put = (document: D, when: Condition[]): Write => ({
    kind: 'put',
    item: { ...keyOf(document.id), d: document as unknown as Value },
    when,
  });
  const adding = (document: D) => put(document, [{ attribute: 'pk', is: 'absent' }]);
  const replacing = (document: D) => put(document, [{ attribute: 'd.version', is: '=', value: document.version - 1 }]);
  const removing = ({ id, version }: D): Write => ({
    kind: 'delete',
    key: keyOf(id),
    when: [{ attribute: 'd.version', is: '=', value: version }],
  });
  const write = async (one: Write): Promise<void> => {
    try {
      await table.write(one);
    } catch (refusal) {
      throw refusal instanceof ConditionRefused ? new DocumentChanged(refusal.message) : refusal;
    }
  };
  const all = async (): Promise<D[]> => {
    const documents: D[] = [];
    const query = { pk: keyOf('').pk, descending: true, consistent: true };
    for await (const item of everyItem(table, query)) documents.push(documentIn(item));
    return documents;
  };
  return {
    all,
    get: async id => {
      const item = await table.get(keyOf(id), true);
      return item && documentIn(item);
    },
    page: async ({ limit, offset = 0, cursor }, keep = () => true) => {
      const kept = (await all()).filter(keep);
      const start = cursor === undefined ? offset : kept.findIndex(document => document.id < cursor);
      const items = start < 0 ? [] : kept.slice(start, start + limit);
      const last = items.at(-1);
      const more = last !== undefined && last !== kept.at(-1);
      return { items, total: kept.length, ...(more ? { nextCursor: last.id } : {}) };
    },
    adding,
    replacing,
    removing,
    add: document => write(adding(document)),
    replace: document => write(replacing(document)),
  };
};

export const tableCommitTogether =
  (table: Table): CommitTogether =>
  async writes => {
    try {
      await table.transact([...writes]);
    } catch (refusal) {
      throw refusal instanceof TransactionRefused ? new DocumentChanged(refusal.message) : refusal;
    }
  };
