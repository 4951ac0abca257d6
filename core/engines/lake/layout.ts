import type { LakeLayout } from '../../model/lake-partition.ts';

/** The keys of every object in the lake: the only place that writes one. */

/** Deleted within hours: what came from the table's stream a moment ago. `id`: a ULID, so that its age is known. */
export const hotKey = (id: string): string => `hot/events/${id}.ndjson.gz`;
export const hotAliasKey = (id: string): string => `hot/aliases/${id}.ndjson.gz`;
export const hotPrefix = 'hot/';

/** Files of a day that are not sorted yet. */
export const mergedKey = (day: string, id: string): string => `${mergedPrefix(day)}${id}.parquet`;
export const mergedPrefix = (day: string): string => `merged/dt=${day}/`;

/** Sorted files of a day; kept for years. */
export const runKey = (layout: LakeLayout, day: string, id: string, part: number): string =>
  `${runPrefix(layout, day)}${id}-${part}.${layout === 'codes' ? 'json' : 'parquet'}`;
export const runPrefix = (layout: LakeLayout, day: string): string => `${eventsPrefix}${layout}/dt=${day}/`;
export const eventsPrefix = 'events/';

export const aliasKey = (id: string): string => `${aliasPrefix}${id}.parquet`;
export const aliasPrefix = 'aliases/';

/** What Athena has answered; kept for a day. */
export const resultsPrefix = 'results/';

/** Who was erased, by ids and keyed hashes alone; kept for ever, so that a table that is restored forgets them again. */
export const erasureKey = (requestId: string): string => `${erasuresPrefix}${requestId}.json`;
export const erasuresPrefix = 'erasures/';

/** Where an object that could not be read is kept, under its own key, for some days. */
export const asidePrefix = 'aside/';
export const asideKey = (key: string): string => `${asidePrefix}${key}`;
/** Chunks of a profile's own that could not be read. */
export const asideChunksPrefix = (profileId: string): string => asideKey(`chunks/${profileId}/`);
