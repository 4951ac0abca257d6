import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { keptDays } from '../../../core/model/kept-days.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import { everyItem, type Item, type Query, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { packEvents, unpackEvents } from './chunk-codec.ts';

/** What one window of a busy person brings is cut into parts of this size. */
const partBytesMax = 64 * 1024;
/** The parts of one try to commit stand in their order. */
const partDigits = 5;

interface NewChunks {
  profileId: string;
  version: number;
  /** Tells this try to commit from every other one. */
  attempt: string;
  /** The chunk that is the newest now. */
  previous: string | undefined;
  events: readonly AcceptedEvent[];
  /** Some of them were committed before. */
  again: boolean;
  /** Epoch ms. */
  at: number;
}

/** The items that keep events, oldest first, each naming the one before it. Nobody sees them until a head names the last. */
export const chunkItems = ({ profileId, version, attempt, previous, events, again, at }: NewChunks): Item[] => {
  let prev = previous;
  return packEvents(events, partBytesMax).map(({ dictionary, bytes }, part) => {
    const key = keys.chunk(profileId, version, `${attempt}-${String(part).padStart(partDigits, '0')}`);
    const ttl = Math.floor(at / 1000) + keptDays * 86_400;
    const mark = { ...(prev === undefined ? {} : { prev }), ...(again ? { r: true } : {}) };
    const item = { ...key, z: bytes, d: dictionary, ttl, ...mark };
    prev = key.sk;
    return item;
  });
};

export interface KeptEvents {
  events: AcceptedEvent[];
  /** False where the chain goes on to chunks that have expired. */
  complete: boolean;
  /** Whether the first commit of the profile, which creates it, had events. */
  begunByEvents: boolean;
}

/** The events of all chunks that the chain from `lastChunk` names, newest commit first. */
export const keptEvents = async (
  table: Table,
  profileId: string,
  lastChunk: string | undefined,
): Promise<KeptEvents> => {
  if (lastChunk === undefined) return { events: [], complete: true, begunByEvents: false };
  const chunks = await chunksIn(table, { pk: keys.profile(profileId), prefix: 'E#', consistent: true });
  const { events, complete, oldest = '' } = eventsInChain(chunks, lastChunk, '');
  return { events, complete, begunByEvents: complete && oldest.startsWith(keys.chunk(profileId, 1, '').sk) };
};

/** An event is taken to have happened at most five minutes after it was received; clocks of processes differ by less. */
const aheadSeconds = 10 * 60;

/**
 * The events of the chain from `lastChunk`, read from its newest commit back to the first before which nothing can have
 * happened since then (epoch ms). Complete where all those are there, whatever of earlier ones has expired.
 */
export const eventsSince = async (
  table: Table,
  profileId: string,
  lastChunk: string | undefined,
  since: number,
): Promise<Pick<KeptEvents, 'events' | 'complete'>> => {
  const events: AcceptedEvent[] = [];
  const expiredBefore = since / 1000 + keptDays * 86_400 - aheadSeconds;
  let name = lastChunk;
  if (name === undefined) return { events, complete: true };
  const newestFirst = { pk: keys.profile(profileId), prefix: 'E#', consistent: true, descending: true, limit: 64 };
  for await (const chunk of everyItem(table, newestFirst)) {
    if (name === undefined) break;
    if (chunk.sk > name) continue;
    if (chunk.sk < name) return { events, complete: false };
    if (Number(chunk.ttl) < expiredBefore) return { events, complete: true };
    for (const event of unpackEvents({ dictionary: Number(chunk.d), bytes: chunk.z as Uint8Array })) events.push(event);
    name = chunk.prev as string | undefined;
  }
  return { events, complete: name === undefined };
};

/** Versions of a profile, both included. */
export interface VersionRange {
  from: number;
  to: number;
}

/**
 * The events of the commits of a range of versions, and no others: a chunk in it is real if the chain leads to it. The
 * chain is entered from above the range: every chunk, named or not, was put on top of one that is real.
 */
export const eventsOfVersions = async (
  table: Table,
  { id, head }: ProfileState,
  { from, to }: VersionRange,
): Promise<Pick<KeptEvents, 'events' | 'complete'>> => {
  const lowest = keys.chunk(id, from, '').sk;
  const above = keys.chunk(id, to + 1, '').sk;
  const own = { pk: keys.profile(id), consistent: true };
  const chunks = await chunksIn(table, { ...own, from: lowest, to: above });
  const [next] = to >= head.version ? [] : (await table.query({ ...own, from: above, to: 'E$', limit: 1 })).items;
  return eventsInChain(chunks, next ? (next.prev as string | undefined) : head.lastChunk, lowest);
};

const chunksIn = async (table: Table, query: Query): Promise<Map<string, Item>> => {
  const chunks = new Map<string, Item>();
  for await (const item of everyItem(table, query)) chunks.set(item.sk, item);
  return chunks;
};

/** The events of a chain of chunks, from its newest down to those below `lowest`. */
const eventsInChain = (chunks: ReadonlyMap<string, Item>, newest: string | undefined, lowest: string) => {
  const events: AcceptedEvent[] = [];
  let oldest: string | undefined;
  for (let name = newest; name !== undefined && name >= lowest; ) {
    const chunk = chunks.get(name);
    if (!chunk) return { events, complete: false };
    for (const event of unpackEvents({ dictionary: Number(chunk.d), bytes: chunk.z as Uint8Array })) events.push(event);
    oldest = name;
    name = chunk.prev as string | undefined;
  }
  return { events, complete: true, oldest };
};
