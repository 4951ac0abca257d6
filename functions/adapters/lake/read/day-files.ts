import type { HotObject, LakeFile, LakeRun, LakeSpan } from '../../../../core/model/lake-partition.ts';
import type { EventFilter } from '../../../../core/ports/event-lake.ts';
import type { DayView } from '../../../../core/ports/lake-partitions.ts';

/** Which rows are looked for, as far as files tell of what they hold. */
export interface Wanted extends Pick<EventFilter, 'from' | 'until'> {
  /** Everybody when absent. */
  people?: readonly string[] | undefined;
  /** Under whose ids their events may stand in runs; `people` when absent. */
  standWith?: readonly string[] | undefined;
  eventId?: string | undefined;
}

/** What of a day has to be read. */
export interface DayFiles {
  day: string;
  /** Those that may hold something of it, each with the parts of `events` that may. */
  runs: LakeRun[];
  merged: LakeFile[];
  hot: HotObject[];
  /** Some events may stand there more than once. */
  mayRepeat: boolean;
}

const mayHold = (span: LakeSpan, { from, until, eventId }: Wanted): boolean =>
  span.minTime < until &&
  span.maxTime >= from &&
  (eventId === undefined || (span.minEventId <= eventId && eventId <= span.maxEventId));

/** The parts of a run in which these people are, where they know their first person. */
export const partsOf = (parts: readonly LakeFile[], people: readonly string[] | undefined): LakeFile[] =>
  parts.filter(({ firstPerson }, index) => {
    if (people === undefined || firstPerson === undefined) return true;
    const next = parts[index + 1]?.firstPerson;
    return people.some(id => id >= firstPerson && (next === undefined || id < next));
  });

/** The files of a day that may hold what is wanted. */
export const dayFiles = ({ day, runs, merged, hot }: DayView, wanted: Wanted): DayFiles => {
  const people = wanted.standWith ?? wanted.people;
  const chosen = {
    runs: runs.filter(run => mayHold(run, wanted)),
    merged: merged.filter(file => mayHold(file, wanted)),
    hot: hot.filter(({ events }) => events !== undefined && mayHold(events, wanted)),
  };
  /** Another row of an event may say that it is somebody else's: then everybody's rows are read. */
  const mayRepeat = [...runs, ...merged, ...hot.flatMap(({ events }) => events ?? [])].some(span => span.mayRepeat);
  return {
    day,
    merged: chosen.merged,
    hot: chosen.hot,
    runs: chosen.runs.map(run => ({
      ...run,
      files: { ...run.files, events: partsOf(run.files.events, mayRepeat ? undefined : people) },
    })),
    mayRepeat,
  };
};

export const isEmpty = ({ runs, merged, hot }: DayFiles): boolean =>
  merged.length + hot.length === 0 && runs.every(({ files }) => files.events.length === 0);
