import type { FeedPlace } from '../../../../core/model/feed-place.ts';
import { idTime } from '../../../../core/model/id-time.ts';
import { inLanes } from '../../../../core/model/in-lanes.ts';
import type { HotObject } from '../../../../core/model/lake-partition.ts';
import type { EventFeed, FeedObject } from '../../../../core/ports/event-feed.ts';
import type { HotFiles } from '../../../../core/ports/hot-files.ts';
import { everyItem, type Item, type Table } from '../../../../core/ports/table.ts';
import { keys } from '../../stores/access-patterns.ts';

const partition = keys.lakeHot('', '').pk;
const objectIn = (item: Item): HotObject => item.o as unknown as HotObject;
/** Comes after every key of a shard. */
const shardEnd = (shard: string): string => `${shard}#~`;
const lanes = 8;
/** An object is named a little after its events were received. */
const delayMilliseconds = 60_000;

/** Follows the documents that name hot objects, shard by shard. */
export const tableEventFeed = (table: Table, hotFiles: HotFiles): EventFeed => {
  const first = async (from: string, descending = false): Promise<HotObject | undefined> => {
    const bounds = descending ? { from: from.slice(0, from.lastIndexOf('#') + 1), to: from } : { from };
    const { items } = await table.query({ pk: partition, ...bounds, descending, limit: 1, consistent: true });
    return items[0] && objectIn(items[0]);
  };
  const shards = async (): Promise<string[]> => {
    const found: string[] = [];
    for (let next = await first(''); next; next = await first(shardEnd(next.shard))) found.push(next.shard);
    return found;
  };
  const fromPlace = async (shard: string, to: string, objectsMax: number): Promise<HotObject[]> => {
    const query = { pk: partition, from: keys.lakeHot(shard, to).sk, to: shardEnd(shard), limit: objectsMax };
    return (await table.query({ ...query, consistent: true })).items.map(objectIn);
  };
  return {
    end: async () => {
      const ends = await inLanes(
        await shards(),
        lanes,
        async shard => [shard, await first(shardEnd(shard), true)] as const,
      );
      return Object.fromEntries(ends.flatMap(([shard, last]) => (last ? [[shard, { to: last.to, rows: 0 }]] : [])));
    },
    before: async eventId => {
      const place: Record<string, FeedPlace[string]> = {};
      const since = idTime(eventId) ?? Number.POSITIVE_INFINITY;
      for await (const item of everyItem(table, { pk: partition, consistent: true })) {
        const { shard, from, to, at } = objectIn(item);
        if (at < since - delayMilliseconds) place[shard] = { to, rows: 0 };
        else place[shard] ??= { to: from, rows: 0 };
      }
      return place;
    },
    after: async (place, objectsMax) => {
      const known = await shards();
      const found = await inLanes(known, lanes, shard => fromPlace(shard, place[shard]?.to ?? '', objectsMax));
      const gap = found.some(([object]) => object !== undefined && isGap(object, place));
      const next = found
        .flat()
        .sort((left, right) => left.at - right.at)
        .slice(0, objectsMax);
      return { objects: await inLanes(next, lanes, object => opened(object, place, hotFiles)), gap };
    },
  };
};

/** Each object goes on where the one before it ended. A shard that nobody has followed yet has begun since. */
const isGap = ({ shard, from }: HotObject, place: FeedPlace): boolean => {
  const known = place[shard];
  return known !== undefined && known.to !== from;
};

const opened = async (object: HotObject, place: FeedPlace, hotFiles: HotFiles): Promise<FeedObject> => {
  const { shard, from, to, at, events } = object;
  const rows = (events && (await hotFiles.events(events.key))) ?? [];
  const known = place[shard];
  const skipped = known?.to === from ? known.rows : 0;
  return { shard, from, to, at, rows: rows.slice(skipped), skipped };
};
