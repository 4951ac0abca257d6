import { runObjects } from '../engines/lake/apply-compaction.ts';
import { aliasPrefix, mergedPrefix, runPrefix } from '../engines/lake/layout.ts';
import { type LakeAliases, type LakeDay, lakeLayouts, type RetiredObjects } from '../model/lake-partition.ts';
import type { LakePartitions } from '../ports/lake-partitions.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { removeOrphans } from './remove-orphans.ts';

/** Readers that viewed the lake before an object was replaced have ended by then. */
const retireMilliseconds = 3_600_000;
/** Whoever put an object without naming it has ended by then. */
const orphanMilliseconds = 86_400_000;
/** Days whose events may still come in large numbers are looked through for what a crash left behind. */
const recentDays = 3;
const dayMilliseconds = 86_400_000;

interface CleanTools {
  lakePartitions: LakePartitions;
  lake: ObjectStore;
  now: () => Date;
}

/**
 * Removes objects that nobody reads any more: those that were replaced, and those that somebody put who ended before
 * naming them. Objects first, then what names them: whoever ends in between does it again. Returns how many objects.
 */
export const cleanLake = async (tools: CleanTools): Promise<number> => {
  const at = tools.now().getTime();
  const days = await cleanDays(at, tools);
  return days + (await cleanAliases(at, tools));
};

const due = (retired: readonly RetiredObjects[], at: number): RetiredObjects[] =>
  retired.filter(objects => objects.at + retireMilliseconds <= at);

const liveObjects = ({ runs, merged, retired }: LakeDay): string[] => [
  ...runs.flatMap(runObjects),
  ...merged.map(({ key }) => key),
  ...retired.flatMap(({ keys }) => keys),
];

const cleanDays = async (at: number, tools: CleanTools): Promise<number> => {
  let removed = 0;
  const recent = new Date(at - recentDays * dayMilliseconds).toISOString().slice(0, 10);
  for (const day of await tools.lakePartitions.days('0000-01-01', '9999-12-31')) {
    const over = due(day.retired, at);
    if (over.length === 0 && day.day < recent) continue;
    removed += await removeRetired(day, over, tools);
    const prefixes = [mergedPrefix(day.day), ...lakeLayouts.map(layout => runPrefix(layout, day.day))];
    removed += await removeOrphans(prefixes, new Set(liveObjects(day)), at - orphanMilliseconds, tools.lake);
  }
  return removed;
};

const keysIn = (retired: readonly RetiredObjects[]): string[] => retired.flatMap(({ keys }) => keys);

/** Where somebody else changed the day meanwhile, the next run forgets the objects. */
const removeRetired = async (
  day: LakeDay,
  over: readonly RetiredObjects[],
  { lake, lakePartitions }: CleanTools,
): Promise<number> => {
  if (over.length === 0) return 0;
  await lake.delete(keysIn(over));
  const retired = day.retired.filter(objects => !over.includes(objects));
  await lakePartitions.replaceDay({ ...day, version: day.version + 1, retired });
  return keysIn(over).length;
};

const cleanAliases = async (at: number, { lake, lakePartitions }: CleanTools): Promise<number> => {
  const aliases = await lakePartitions.aliases();
  const over = due(aliases.retired, at);
  if (over.length > 0) {
    await lake.delete(keysIn(over));
    const retired = aliases.retired.filter(objects => !over.includes(objects));
    await lakePartitions.replaceAliases({ ...aliases, version: aliases.version + 1, retired });
  }
  return (
    keysIn(over).length +
    (await removeOrphans([aliasPrefix], new Set(aliasObjects(aliases)), at - orphanMilliseconds, lake))
  );
};

const aliasObjects = ({ base, merged, retired }: LakeAliases): string[] => [
  ...[...base, ...merged].map(({ key }) => key),
  ...keysIn(retired),
];
