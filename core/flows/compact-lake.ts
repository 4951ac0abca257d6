import { applyCompaction, stillHolds, withoutUnreadable } from '../engines/lake/apply-compaction.ts';
import { aliasKey, asideKey, runKey } from '../engines/lake/layout.ts';
import { type CompactionPlan, planCompaction } from '../engines/lake/plan-compaction.ts';
import type { LakeDay, LakeFile } from '../model/lake-partition.ts';
import type { Unreadable } from '../ports/lake-files.ts';
import type { MergeLakeTools } from './merge-lake.ts';

export interface CompactedLake {
  days: number;
  rows: number;
  unreadable: Unreadable[];
}

/** Files of aliases are put together when there are so many. */
const aliasFilesMax = 8;
const triesMax = 20;
const [firstDay, lastDay] = ['0000-01-01', '9999-12-31'];

/**
 * Sorts what came into runs, day by day. Until the day's document names the new run, nobody sees it; then it is there
 * in place of all that it was made from. A run of this flow that ended anywhere is simply gone through again.
 *
 * @param seconds how long it may go on beginning with days
 */
export const compactLake = async (tools: MergeLakeTools, seconds: number): Promise<CompactedLake> => {
  const whole: CompactedLake = { days: 0, rows: 0, unreadable: [] };
  const until = tools.now().getTime() + seconds * 1000;
  const unreadable = await compactAliases(tools);
  whole.unreadable.push(...unreadable);
  for (const day of await tools.lakePartitions.days(firstDay, lastDay)) {
    const at = tools.now().getTime();
    if (at > until) return whole;
    const plan = planCompaction(day, at);
    if (!plan) continue;
    const found = await compactDay(day.day, plan, tools);
    whole.days += 1;
    whole.rows += found.rows;
    whole.unreadable.push(...found.unreadable);
  }
  return whole;
};

const compactDay = async (
  day: string,
  plan: CompactionPlan,
  tools: MergeLakeTools,
): Promise<Omit<CompactedLake, 'days'>> => {
  const { lakePartitions, lakeFiles, newId, now } = tools;
  const id = newId('run');
  const { base, merged } = await lakePartitions.aliases();
  const aliases = [...base, ...merged];
  const keyOf = (layout: Parameters<typeof runKey>[0], part: number) => runKey(layout, day, id, part);
  const { run, unreadable } = await lakeFiles.compact({ ...plan, aliases, keyOf });
  if (unreadable.length > 0) {
    await keepUnreadable(day, aliases, unreadable, tools);
    return { rows: 0, unreadable };
  }
  const done = await changeDay(day, tools, before =>
    stillHolds(before, plan) ? applyCompaction(before, plan, run && { id, ...run }, now().getTime()) : undefined,
  );
  return { rows: done ? (run?.rows ?? 0) : 0, unreadable };
};

/** Replaces a day's document by what is made of it, whoever else does the same. Tells whether it was to be replaced. */
const changeDay = async (
  day: string,
  { lakePartitions }: MergeLakeTools,
  change: (before: LakeDay) => LakeDay | undefined,
): Promise<boolean> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await lakePartitions.day(day);
    const after = before && change(before);
    if (!after) return false;
    if (await lakePartitions.replaceDay(after)) return true;
  }
  throw new Error(`the files of ${day} were changed by others all the time`);
};

/** The next run goes on without what could not be read; a copy is kept where somebody finds it. */
const keepUnreadable = async (
  day: string,
  aliases: readonly LakeFile[],
  unreadable: readonly Unreadable[],
  tools: MergeLakeTools,
): Promise<void> => {
  for (const { key } of unreadable) {
    const bytes = await tools.lake.read(key);
    if (bytes) await tools.lake.write(asideKey(key), bytes);
  }
  const ofAliases = unreadable.filter(({ key }) => aliases.some(file => file.key === key));
  if (ofAliases.length > 0) await dropAliases(ofAliases, tools);
  const at = tools.now().getTime();
  await changeDay(day, tools, before => withoutUnreadable(before, unreadable, at));
};

const dropAliases = async (
  unreadable: readonly Unreadable[],
  { lakePartitions, now }: MergeLakeTools,
): Promise<void> => {
  const at = now().getTime();
  const isLost = ({ key }: LakeFile) => unreadable.some(one => one.key === key);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await lakePartitions.aliases();
    const lost = [...before.base, ...before.merged].filter(isLost);
    if (lost.length === 0) return;
    const reasons = new Map(unreadable.map(({ key, reason }) => [key, reason]));
    const aside = lost.map(({ key, rows }) => ({ key, rows, at, reason: reasons.get(key) ?? '' }));
    const after = {
      ...before,
      version: before.version + 1,
      base: before.base.filter(file => !isLost(file)),
      merged: before.merged.filter(file => !isLost(file)),
      aside: [...before.aside, ...aside],
    };
    if (await lakePartitions.replaceAliases(after)) return;
  }
  throw new Error('the aliases were changed by others all the time');
};

/** Returns what could not be read. */
const compactAliases = async (tools: MergeLakeTools): Promise<Unreadable[]> => {
  const { lakePartitions, lakeFiles, newId, now } = tools;
  const before = await lakePartitions.aliases();
  const files = [...before.base, ...before.merged];
  if (before.merged.length < aliasFilesMax) return [];
  const { file, unreadable } = await lakeFiles.compactAliases(files, aliasKey(newId('aliases')));
  if (unreadable.length > 0) await dropAliases(unreadable, tools);
  if (unreadable.length > 0 || !file) return unreadable;
  await lakePartitions.replaceAliases({
    ...before,
    version: before.version + 1,
    base: [file],
    merged: [],
    retired: [...before.retired, { keys: files.map(({ key }) => key), at: now().getTime() }],
  });
  return [];
};
