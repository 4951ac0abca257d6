import { hotPrefix } from '../engines/lake/layout.ts';
import type { HotObject } from '../model/lake-partition.ts';
import type { LakePartitions } from '../ports/lake-partitions.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { removeOrphans } from './remove-orphans.ts';

interface CleanHotTools {
  lakePartitions: LakePartitions;
  lake: ObjectStore;
  now: () => Date;
}

/**
 * How long a merged object stays named: whoever viewed it before it was merged has read it by then, and no worker is
 * left that would go on from where it began.
 */
const namedMilliseconds = 15 * 60_000;
/** A batch of the table's stream may come again for a day: until then it is known where its shard ends. */
const rememberMilliseconds = 2 * 86_400_000;
/** What nobody names by then is named by nobody any more. */
const orphanMilliseconds = 2 * 3_600_000;

const objectsOf = ({ events, aliases }: HotObject): string[] =>
  [events, aliases].flatMap(file => (file ? [file.key] : []));

/**
 * Forgets hot objects that are merged, so that readers have few to look through; the newest of each shard is known for
 * longer, since the next batch goes on from it. Removes the objects that nothing names. Returns how many.
 */
export const cleanHot = async ({ lakePartitions, lake, now }: CleanHotTools): Promise<number> => {
  const at = now().getTime();
  const hot = await lakePartitions.hot();
  const newest = new Set(new Map(hot.map(object => [object.shard, object])).values());
  const isOver = (object: HotObject): boolean => {
    const keep = newest.has(object) ? rememberMilliseconds : namedMilliseconds;
    return object.mergedAt !== undefined && object.mergedAt + keep <= at;
  };
  await lakePartitions.removeHot(hot.filter(isOver));
  const named = new Set(hot.filter(object => !isOver(object)).flatMap(objectsOf));
  return removeOrphans([hotPrefix], named, at - orphanMilliseconds, lake);
};
