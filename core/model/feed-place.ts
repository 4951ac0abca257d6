/**
 * How far somebody has followed the feed: of each shard of the table's stream where the last object ended that was told
 * of (`to`), and how many rows of the one that goes on from there.
 */
export type FeedPlace = Readonly<Record<string, ShardPlace>>;

export interface ShardPlace {
  to: string;
  rows: number;
}

const pattern = /^([A-Za-z0-9-]{1,80}):(\d{0,40}):(\d{1,7})$/;
const shardsMax = 64;

/** As text that fits into a header: `shard:end:rows`, with commas between. */
export const placeText = (place: FeedPlace): string => {
  const parts = Object.entries(place).map(([shard, { to, rows }]) => `${shard}:${to}:${rows}`);
  return parts.length === 0 ? 'start' : parts.join(',');
};

/** The place that a text means; `undefined` for a text that is none. */
export const placeIn = (text: string): FeedPlace | undefined => {
  if (text === 'start') return {};
  const parts = text.split(',').map(part => pattern.exec(part));
  if (parts.length > shardsMax || parts.some(part => part === null)) return undefined;
  return Object.fromEntries(
    parts.map(part => [part?.[1] ?? '', { to: part?.[2] ?? '', rows: Number(part?.[3] ?? 0) }]),
  );
};
