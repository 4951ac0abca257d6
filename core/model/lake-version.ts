/** Days (UTC, by event time) from one to another, both included: `2026-02-15`. */
export interface DayRange {
  from: string;
  to: string;
}

/** What tells where somebody came from: the channel, or what a link says of its source or campaign. */
export const touchNames = ['channel', 'source', 'campaign'] as const;
export type TouchName = (typeof touchNames)[number];

/** The files of one day as they stood when somebody looked; keys of objects. */
export interface DayVersion {
  day: string;
  runs: { packed: string[]; people: string[]; codes: string[]; events: string[] }[];
  merged: string[];
  hot: string[];
  /** Some events may stand there more than once: of those the last commit holds. */
  mayRepeat: boolean;
}

/**
 * What stood of some days at one moment. As long as those files are kept (an hour after they were replaced, hot ones a
 * quarter of one) the same questions have the same answers, and everybody has the same number.
 */
export interface LakeVersion {
  /** Equal for equal files. */
  id: string;
  range: DayRange;
  touch: TouchName;
  days: DayVersion[];
  /** Files that tell who has the events of others by now. */
  aliases: string[];
  /** The same, minutes old, as lines of JSON. */
  hotAliases: string[];
  /** Epoch ms of the newest change that they know; 0 where there is nothing. */
  asOf: number;
}
