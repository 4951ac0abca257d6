import { aliasKey, asideKey, mergedKey } from '../engines/lake/layout.ts';
import { hotRest } from '../model/hot-rest.ts';
import type { HotObject, LakeAliases, LakeDay } from '../model/lake-partition.ts';
import type { HotMerge, LakeFiles, Unreadable } from '../ports/lake-files.ts';
import type { LakePartitions } from '../ports/lake-partitions.ts';
import type { ObjectStore } from '../ports/object-store.ts';

export interface MergeLakeTools {
  lakePartitions: LakePartitions;
  lakeFiles: LakeFiles;
  lake: ObjectStore;
  newId: (prefix: string) => string;
  now: () => Date;
}

export interface MergedLake {
  objects: number;
  rows: number;
  unreadable: Unreadable[];
}

/** What is merged at a time, so that it fits into memory. */
const rowsMax = 200_000;
const objectsMax = 500;
const triesMax = 20;

/**
 * Brings hot objects into files of their days, oldest first. A day's document names the new file and says up to where
 * it holds each shard, in one step: a run that ended anywhere is gone through again and adds only what is missing.
 */
export const mergeLake = async (tools: MergeLakeTools): Promise<MergedLake> => {
  const whole: MergedLake = { objects: 0, rows: 0, unreadable: [] };
  const open = (await tools.lakePartitions.hot()).filter(({ mergedAt }) => mergedAt === undefined);
  for (const batch of batchesOf(open)) {
    const { rows, unreadable } = await mergeBatch(batch, tools);
    whole.objects += batch.length;
    whole.rows += rows;
    whole.unreadable.push(...unreadable);
  }
  return whole;
};

/** In their order, so that no object of a shard is merged before an older one. */
const batchesOf = (objects: readonly HotObject[]): HotObject[][] => {
  const batches: HotObject[][] = [];
  let rows = 0;
  for (const object of objects) {
    const own = object.events?.rows ?? 0;
    const last = batches.at(-1);
    if (last && last.length < objectsMax && rows + own <= rowsMax) last.push(object);
    else batches.push([object]);
    rows = last === batches.at(-1) ? rows + own : own;
  }
  return batches;
};

const mergeBatch = async (
  batch: readonly HotObject[],
  tools: MergeLakeTools,
): Promise<Pick<MergedLake, 'rows' | 'unreadable'>> => {
  const merge = await tools.lakeFiles.merging(batch);
  try {
    const found = await mergeAliases(batch, tools);
    const unreadable = [...merge.unreadable, ...found];
    const read = await setAside(batch, unreadable, tools);
    const rows = await mergeDays(read, merge, tools);
    const mergedAt = tools.now().getTime();
    await tools.lakePartitions.updateHot(read.map(object => ({ ...object, mergedAt })));
    return { rows, unreadable };
  } finally {
    await merge.close();
  }
};

/** Keeps what could not be read where somebody finds it. Returns the objects as they are named now, without it. */
const setAside = async (
  batch: readonly HotObject[],
  unreadable: readonly Unreadable[],
  { lake, lakePartitions }: MergeLakeTools,
): Promise<HotObject[]> => {
  const reasons = new Map(unreadable.map(({ key, reason }) => [key, reason]));
  for (const { key } of unreadable) {
    const object = await lake.get(key);
    if (object) await lake.put(asideKey(key), object.body);
  }
  const named = batch.map(object => withoutLost(object, reasons));
  await lakePartitions.updateHot(named.filter((object, index) => object !== batch[index]));
  return named;
};

const withoutLost = (object: HotObject, reasons: ReadonlyMap<string, string>): HotObject => {
  const { events, aliases, ...named } = object;
  const aside = reasons.get(events?.key ?? '') ?? reasons.get(aliases?.key ?? '');
  if (aside === undefined) return object;
  return {
    ...named,
    ...(events && !reasons.has(events.key) ? { events } : {}),
    ...(aliases && !reasons.has(aliases.key) ? { aliases } : {}),
    aside,
  };
};

const mergeDays = async (read: readonly HotObject[], merge: HotMerge, tools: MergeLakeTools): Promise<number> => {
  let rows = 0;
  for (const day of merge.days) rows += await mergeDay(day, read, merge, tools);
  return rows;
};

const emptyDay = (day: string): LakeDay => ({
  day,
  version: 0,
  runs: [],
  merged: [],
  upTo: {},
  retired: [],
  aside: [],
});

/** Returns how many rows were added. */
const mergeDay = async (
  day: string,
  read: readonly HotObject[],
  merge: HotMerge,
  { lakePartitions, newId }: MergeLakeTools,
): Promise<number> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = (await lakePartitions.day(day)) ?? emptyDay(day);
    const rest = hotRest(read, before.upTo);
    const file = await merge.write(day, rest, mergedKey(day, newId('merged')));
    if (!file) return 0;
    const after = {
      ...before,
      version: before.version + 1,
      merged: [...before.merged, file],
      upTo: await endsAfter(before.upTo, rest, lakePartitions),
    };
    if (await lakePartitions.replaceDay(after)) return file.rows;
  }
  throw new Error(`the files of ${day} were changed by others all the time`);
};

/** Up to where files hold each shard; shards that nothing is known of any more are forgotten. */
const endsAfter = async (
  upTo: Readonly<Record<string, string>>,
  added: readonly HotObject[],
  lakePartitions: LakePartitions,
): Promise<Record<string, string>> => {
  const known = new Set((await lakePartitions.hot()).map(({ shard }) => shard));
  const kept = Object.entries(upTo).filter(([shard]) => known.has(shard));
  return Object.fromEntries([...kept, ...added.map(({ shard, to }) => [shard, to])]);
};

/** Returns what could not be read. */
const mergeAliases = async (batch: readonly HotObject[], tools: MergeLakeTools): Promise<Unreadable[]> => {
  const { lakePartitions, lakeFiles, newId } = tools;
  const telling = batch.filter(({ aliases }) => aliases !== undefined);
  for (let tries = 0; telling.length > 0 && tries < triesMax; tries += 1) {
    const before = await lakePartitions.aliases();
    const rest = hotRest(telling, before.upTo);
    if (rest.length === 0) return [];
    const { file, unreadable } = await lakeFiles.mergeAliases(rest, aliasKey(newId('aliases')));
    if (!file) return unreadable;
    const after: LakeAliases = {
      ...before,
      version: before.version + 1,
      merged: [...before.merged, file],
      upTo: await endsAfter(before.upTo, rest, lakePartitions),
    };
    if (await lakePartitions.replaceAliases(after)) return unreadable;
  }
  if (telling.length === 0) return [];
  throw new Error('the aliases were changed by others all the time');
};
