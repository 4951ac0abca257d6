/** A file of the lake. */
export interface LakeFile {
  key: string;
  rows: number;
  sizeBytes: number;
  /** Of a part of `events`: the first person in it; those of one person are in one part. */
  firstPerson?: string;
}

/** What the rows of a file, or of several together, span. */
export interface LakeSpan {
  rows: number;
  minEventId: string;
  maxEventId: string;
  /** Event times, epoch ms. */
  minTime: number;
  maxTime: number;
  /** Some of the events may stand in other files of their day too: drop repeats by event id, the last commit holds. */
  mayRepeat: boolean;
}

/**
 * What one batch of the table's stream brought: gzipped JSON lines, seconds old, of any days. An object is there if it
 * is named here; each goes on where the one before it, of the same shard, ended, so that no commit is in two of them.
 */
export interface HotObject {
  shard: string;
  /** Sequence numbers: it holds what came after `from`, up to and with `to`. `from` of a shard's first is empty. */
  from: string;
  to: string;
  /** Epoch ms. */
  at: number;
  /** Lines of `LakeEvent`; absent where the batch brought none. */
  events?: LakeFile & LakeSpan;
  /** Lines of `LakeAlias`. */
  aliases?: LakeFile;
  /** Epoch ms; set when all it holds is in the files of the days. */
  mergedAt?: number;
  /** Why a part of it could not be read, where it could not: that part is named no more. */
  aside?: string;
}

/** How a sorted run is laid out; every layout holds the same events. */
export const lakeLayouts = ['events', 'packed', 'slim', 'people', 'codes'] as const;
export type LakeLayout = (typeof lakeLayouts)[number];

/**
 * Events of a day in sorted files.
 * `events`: whole rows and `personId`, who had the event when the run was written, by (personId, timestamp, eventId).
 * `packed`: `person`, `second`, `type`, `channel`, `currency`, `amount` as numbers, by (person, time). `slim`: `type`,
 * `person`, `second`, `amount` as numbers, by (type, person, time). `people`: `person` and the `personId` that it means,
 * from 0 in the order of ids. `codes`: the types, channels and currencies that numbers mean by place (`LakeCodes`).
 * Amounts are in minor units, 0 where there is none.
 */
export interface LakeRun extends LakeSpan {
  id: string;
  /** Several of one layout follow one another in its order. */
  files: Record<LakeLayout, LakeFile[]>;
}

/** What the numbers in `packed` and `slim` mean: each the place in its list. An empty text: the event tells none. */
export interface LakeCodes {
  types: string[];
  channels: string[];
  currencies: string[];
}

/** Events of a day as they came together, in one Parquet file that is not sorted. */
export interface MergedFile extends LakeFile, LakeSpan {}

/** Objects that nothing names any more; deleted when every reader that may still know them has ended. */
export interface RetiredObjects {
  keys: string[];
  /** Epoch ms. */
  at: number;
}

/** An object that could not be read, and what was known of it. */
export interface AsideObject {
  key: string;
  reason: string;
  rows: number;
  /** Epoch ms. */
  at: number;
}

/**
 * The live files of one day (UTC, by event time). Replaced as a whole by condition on its version, so that a reader has
 * every row exactly once, whatever crashed.
 */
export interface LakeDay {
  /** `2026-02-15` */
  day: string;
  version: number;
  runs: LakeRun[];
  merged: MergedFile[];
  /** By shard: rows of hot objects up to this sequence number are in the files above. */
  upTo: Record<string, string>;
  retired: RetiredObjects[];
  aside: AsideObject[];
}

/**
 * The live files of the aliases: `base` by (profileId, version), of each profile the newest state and whom it was ever
 * merged into; `merged` as they came.
 */
export interface LakeAliases {
  version: number;
  base: LakeFile[];
  merged: LakeFile[];
  upTo: Record<string, string>;
  retired: RetiredObjects[];
  aside: AsideObject[];
}
