import type { HotObject } from './lake-partition.ts';
import { isLater } from './sequence.ts';

/** The hot objects whose rows are not all in files that hold them up to `upTo`. */
export const hotRest = (hot: readonly HotObject[], upTo: Readonly<Record<string, string>>): HotObject[] =>
  hot.filter(({ shard, to }) => isLater(to, upTo[shard] ?? ''));
