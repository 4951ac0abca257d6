import type { Counters, Head } from '../../core/model/profile-state.ts';
import type { Item, Table, Value, Write } from '../../core/ports/table.ts';
import { packFingerprints, packHead, unpackHead } from '../../functions/adapters/stores/profile-items.ts';

const isHead = ({ sk }: { sk: string }): boolean => sk === 'H';
const nothing = packFingerprints([]);

const sumOf = (now: Counters, before: Counters, after: Counters): Counters => ({
  ...after,
  events: now.events + after.events - before.events,
  purchases: now.purchases + after.purchases - before.purchases,
  ltv: String(Math.round((Number(now.ltv) + Number(after.ltv) - Number(before.ltv)) * 1e6) / 1e6),
});

/** Adds what a commit adds to whatever the head has by then, as `ADD` does: no version, and no memory of messages. */
export const addingTable = (table: Table): Table => {
  const served = new Map<string, Head>();
  const versionOf = (pk: string, version: number): string => `${pk} ${version}`;
  const serve = (item: Item): Item => {
    if (!isHead(item)) return item;
    const forgetful = { ...item, h: { ...(item.h as { [name: string]: Value }), ring: nothing } };
    const head = unpackHead(forgetful);
    served.set(versionOf(item.pk, head.version), head);
    return forgetful;
  };
  const adding = async <One extends Write>(write: One): Promise<One> => {
    if (write.kind !== 'update' || !isHead(write.key)) return write;
    const item = await table.get(write.key, true);
    const after = unpackHead({ ...write.key, h: write.set?.h ?? null });
    const before = served.get(versionOf(write.key.pk, after.version - 1));
    if (!item || !before || after.life !== 'live') return write;
    const now = unpackHead(item);
    const head = { ...after, life: now.life, counters: sumOf(now.counters, before.counters, after.counters) };
    return { ...write, set: { h: packHead(head) }, when: [{ attribute: 'pk', is: 'present' }] };
  };
  return {
    ...table,
    get: async (key, consistent) => {
      const item = await table.get(key, consistent);
      return item && serve(item);
    },
    getMany: async (keys, consistent) => (await table.getMany(keys, consistent)).map(serve),
    write: async write => table.write(await adding(write)),
    transact: async writes => table.transact(await Promise.all(writes.map(adding))),
    writeEach: async writes => table.writeEach(await Promise.all(writes.map(adding))),
  };
};
