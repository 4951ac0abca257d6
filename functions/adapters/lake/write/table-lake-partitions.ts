import { hotRest } from '../../../../core/model/hot-rest.ts';
import type { HotObject, LakeAliases, LakeDay } from '../../../../core/model/lake-partition.ts';
import type { DayView, LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import { ConditionRefused, everyItem, type Item, type Table, type Value } from '../../../../core/ports/table.ts';
import { keys } from '../../stores/access-patterns.ts';

const dayMs = 86_400_000;
const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);

const hotItem = (object: HotObject): Item => ({
  ...keys.lakeHot(object.shard, object.from),
  o: object as unknown as Value,
});
const hotIn = (item: Item): HotObject => item.o as unknown as HotObject;

const noAliases: LakeAliases = { version: 0, base: [], merged: [], upTo: {}, retired: [], aside: [] };

/** The days that the events of hot objects are of, between two days. */
const daysOfHot = (hot: readonly HotObject[], fromDay: string, toDay: string): Set<string> => {
  const days = new Set<string>();
  for (const { events } of hot) {
    if (!events) continue;
    const first = Math.max(events.minTime, Date.parse(fromDay));
    const last = Math.min(events.maxTime, Date.parse(toDay) + dayMs - 1);
    for (let at = first; dayAt(at) <= dayAt(last) && first <= last; at += dayMs) days.add(dayAt(at));
  }
  return days;
};

const mayHold = (day: string, { events }: HotObject): boolean =>
  events !== undefined && dayAt(events.minTime) <= day && day <= dayAt(events.maxTime);

const viewOf = (day: string, document: LakeDay | undefined, hot: readonly HotObject[]): DayView => {
  const { runs = [], merged = [], upTo = {} } = document ?? {};
  return { day, runs, merged, hot: hotRest(hot, upTo).filter(object => mayHold(day, object)) };
};

/** Documents about the lake's objects in the table: hot ones in order of their shards, days, and the aliases. */
export const tableLakePartitions = (table: Table): LakePartitions => {
  const hot = async (): Promise<HotObject[]> => {
    const objects: HotObject[] = [];
    for await (const item of everyItem(table, { pk: keys.lakeHot('', '').pk, consistent: true }))
      objects.push(hotIn(item));
    return objects;
  };
  const days = async (from: string, to: string): Promise<LakeDay[]> => {
    const found: LakeDay[] = [];
    const query = { pk: keys.lakeDay('').pk, from, to, consistent: true };
    for await (const item of everyItem(table, query)) found.push(item.d as unknown as LakeDay);
    return found;
  };
  const aliases = async (): Promise<LakeAliases> =>
    ((await table.get(keys.lakeAliases(), true))?.d as unknown as LakeAliases | undefined) ?? noAliases;
  /** A refusal may come from this very write, sent again after its answer was lost: what stands there tells. */
  const done = async (write: () => Promise<void>, stands: () => Promise<boolean>): Promise<boolean> => {
    try {
      await write();
      return true;
    } catch (refusal) {
      if (!(refusal instanceof ConditionRefused)) throw refusal;
      return stands();
    }
  };
  const replace = (key: { pk: string; sk: string }, document: LakeDay | LakeAliases): Promise<boolean> => {
    const { version } = document;
    const item = { ...key, d: document as unknown as Value };
    const text = JSON.stringify(document);
    return done(
      () =>
        table.write({
          kind: 'put',
          item,
          when: [
            version === 1 ? { attribute: 'pk', is: 'absent' } : { attribute: 'd.version', is: '=', value: version - 1 },
          ],
        }),
      async () => JSON.stringify(sorted((await table.get(key, true))?.d)) === JSON.stringify(sorted(JSON.parse(text))),
    );
  };
  return {
    /** What is merged in between stands in both, and is left out by `upTo`: the hot objects have to be read first. */
    view: async (fromDay, toDay) => {
      const objects = (await hot()).filter(({ mergedAt }) => mergedAt === undefined);
      const documents = new Map((await days(fromDay, toDay)).map(document => [document.day, document]));
      const all = [...new Set([...documents.keys(), ...daysOfHot(objects, fromDay, toDay)])].sort();
      return all
        .map(day => viewOf(day, documents.get(day), objects))
        .filter(view => view.runs.length + view.merged.length + view.hot.length > 0);
    },
    aliasView: async () => {
      const objects = (await hot()).filter(object => object.aliases && object.mergedAt === undefined);
      const { base, merged, upTo } = await aliases();
      return { base, merged, hot: hotRest(objects, upTo) };
    },
    hot,
    endOf: async shard => {
      const prefix = keys.lakeHot(shard, '').sk;
      const query = { pk: keys.lakeHot('', '').pk, prefix, descending: true, limit: 1, consistent: true };
      const [newest] = (await table.query(query)).items;
      return newest ? hotIn(newest).to : '';
    },
    addHot: async object => {
      const item = hotItem(object);
      const write = { kind: 'put' as const, item, when: [{ attribute: 'pk', is: 'absent' as const }] };
      return done(
        () => table.write(write),
        async () => {
          const standing = await table.get(keys.lakeHot(object.shard, object.from), true);
          return standing !== undefined && isSame(hotIn(standing), object);
        },
      );
    },
    updateHot: async objects => {
      if (objects.length > 0) await table.writeMany(objects.map(object => ({ kind: 'put', item: hotItem(object) })));
    },
    removeHot: async objects => {
      if (objects.length > 0)
        await table.writeMany(objects.map(({ shard, from }) => ({ kind: 'delete', key: keys.lakeHot(shard, from) })));
    },
    day: async day => (await table.get(keys.lakeDay(day), true))?.d as unknown as LakeDay | undefined,
    days,
    replaceDay: document => replace(keys.lakeDay(document.day), document),
    aliases,
    replaceAliases: document => replace(keys.lakeAliases(), document),
  };
};

/** No two writers name the same object. */
const isSame = (left: HotObject, right: HotObject): boolean =>
  left.events?.key === right.events?.key && left.aliases?.key === right.aliases?.key;

/** The table does not keep the order of members. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
};
