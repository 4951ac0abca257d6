import { createHash } from 'node:crypto';
import { idTime } from '../../../../core/model/id-time.ts';
import type { LakeFile } from '../../../../core/model/lake-partition.ts';
import type { DayRange, DayVersion, LakeVersion, TouchName } from '../../../../core/model/lake-version.ts';
import type { AliasView, DayView, LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import { isWhole } from './loose-rows.ts';

const keys = (files: readonly LakeFile[]): string[] => files.map(({ key }) => key);

const dayVersion = ({ day, runs, merged, hot }: DayView): DayVersion => ({
  day,
  runs: runs.map(({ files }) => ({
    packed: keys(files.packed),
    people: keys(files.people),
    codes: keys(files.codes),
    events: keys(files.events),
  })),
  merged: keys(merged),
  hot: keys(hot.flatMap(({ events }) => events ?? [])),
  mayRepeat: [...runs, ...merged, ...hot.flatMap(({ events }) => events ?? [])].some(span => span.mayRepeat),
});

/** Epoch ms of the newest change that the objects of a day know. */
const newestChange = ({ runs, merged, hot }: DayView): number =>
  Math.max(
    0,
    ...hot.map(({ at }) => at),
    ...runs.map(({ id, maxEventId }) => idTime(id) ?? idTime(maxEventId) ?? 0),
    ...merged.map(({ key }) => idTime(key) ?? 0),
  );

/** The keys of every object that is read to make columns of a version. */
export const keysOf = ({ days, touch, aliases, hotAliases }: Omit<LakeVersion, 'id'>): string[] => [
  ...days.flatMap(day => [
    ...day.runs.flatMap(run => (isWhole(day, touch) ? run.events : [...run.packed, ...run.people, ...run.codes])),
    ...day.merged,
    ...day.hot,
  ]),
  ...aliases,
  ...hotAliases,
];

const hotAliasesOf = ({ hot }: AliasView): string[] => keys(hot.flatMap(({ aliases }) => aliases ?? []));

/** What stands of some days now. In this order: who was merged meanwhile is in the later of the two. */
export const lakeVersion = async (
  range: DayRange,
  touch: TouchName,
  partitions: Pick<LakePartitions, 'view' | 'aliasView'>,
): Promise<LakeVersion> => {
  const view = await partitions.view(range.from, range.to);
  const aliases = await partitions.aliasView();
  const version = {
    range,
    touch,
    days: view.map(dayVersion),
    aliases: keys([...aliases.base, ...aliases.merged]),
    hotAliases: hotAliasesOf(aliases),
    asOf: Math.max(0, ...view.map(newestChange)),
  };
  const told = [touch, ...keysOf(version), ...version.days.map(({ day, hot }) => `${day} ${hot.join()}`)];
  return { ...version, id: createHash('sha256').update(told.join('\n')).digest('hex').slice(0, 40) };
};
