import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { keptDays } from '../../../core/model/kept-days.ts';
import type { Head, ProfileState } from '../../../core/model/profile-state.ts';
import type { NotedEdit, PastCommit, ProfileHistory } from '../../../core/ports/profile-store.ts';
import { everyItem, type Item, type Query, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { packEvents, packOther, unpackEvents, unpackOther } from './chunk-codec.ts';
import { memberHeads } from './member-heads.ts';

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
  /** What was written by hand, in an item of its own. */
  edit?: NotedEdit | undefined;
  /** Some of the events were committed before. */
  again: boolean;
  /** Epoch ms. */
  at: number;
}

/** The items that keep events, oldest first, each naming the one before it. Nobody sees them until a head names the last. */
export const chunkItems = ({ profileId, version, attempt, previous, events, edit, again, at }: NewChunks): Item[] => {
  let prev = previous;
  const packed = [
    ...(events.length === 0 ? [] : packEvents(events, partBytesMax)).map(one => ({ ...one, name: 'z' })),
    ...(edit ? [{ ...packOther(edit), name: editAttribute }] : []),
  ];
  return packed.map(({ dictionary, bytes, name }, part) => {
    const key = keys.chunk(profileId, version, `${attempt}-${String(part).padStart(partDigits, '0')}`);
    const ttl = Math.floor(at / 1000) + keptDays * 86_400;
    const mark = { ...(prev === undefined ? {} : { prev }), ...(again ? { r: true } : {}) };
    const item = { ...key, [name]: bytes, d: dictionary, ttl, ...mark };
    prev = key.sk;
    return item;
  });
};

/** Of the item that keeps what was written by hand, where others keep events. */
const editAttribute = 'w';

/** The events of an item. @throws Error for one that cannot be read */
export const eventsOfChunk = (chunk: Item): AcceptedEvent[] =>
  chunk[editAttribute] === undefined ? unpackEvents({ dictionary: Number(chunk.d), bytes: chunk.z as Uint8Array }) : [];

const editOfChunk = (chunk: Item): NotedEdit | undefined =>
  chunk[editAttribute] === undefined
    ? undefined
    : (unpackOther({ dictionary: Number(chunk.d), bytes: chunk[editAttribute] as Uint8Array }) as NotedEdit);

/** What commits after a version brought, oldest first; `undefined` where some of it has expired. */
export const pastCommits = async (
  table: Table,
  { id, head }: ProfileState,
  version: number,
): Promise<PastCommit[] | undefined> => {
  const lowest = keys.chunk(id, version + 1, '').sk;
  const chunks = await chunksIn(table, { pk: keys.profile(id), from: lowest, to: 'E$', consistent: true });
  const commits: PastCommit[] = [];
  for (let name = head.lastChunk; name !== undefined && name >= lowest; ) {
    const chunk = chunks.get(name);
    if (!chunk) return undefined;
    const edit = editOfChunk(chunk);
    commits.unshift({ version: Number(name.split('#')[1]), events: eventsOfChunk(chunk), ...(edit ? { edit } : {}) });
    name = chunk.prev as string | undefined;
  }
  return commits;
};

interface KeptEvents {
  events: AcceptedEvent[];
  /** False where the chain goes on to chunks that have expired. */
  complete: boolean;
  /** Whether the first commit of the profile, which creates it, had events. */
  begunByEvents: boolean;
}

/** The heads of a profile and of everybody who was merged into it, by id. */
const familyOf = async (table: Table, { id, head }: ProfileState): Promise<[string, Head][]> => [
  [id, head],
  ...(await memberHeads(table, head.members ?? [])),
];

/** The events of a profile and of everybody who was merged into it, with what they leave out. */
export const familyEvents = async (table: Table, profile: ProfileState): Promise<ProfileHistory> => {
  const family = await familyOf(table, profile);
  const kept = await Promise.all(
    family.map(async ([one, { lastChunk, createdAt }]) => ({
      ...(await keptEvents(table, one, lastChunk)),
      createdAt,
    })),
  );
  const created = kept.filter(({ begunByEvents }) => !begunByEvents).map(({ createdAt }) => createdAt);
  return {
    events: kept.flatMap(({ events }) => events),
    complete: kept.every(({ complete }) => complete),
    ...(created.length === 0 ? {} : { created: { first: Math.min(...created), last: Math.max(...created) } }),
  };
};

/** The events of all chunks that the chain from `lastChunk` names, newest commit first. */
const keptEvents = async (table: Table, profileId: string, lastChunk: string | undefined): Promise<KeptEvents> => {
  if (lastChunk === undefined) return { events: [], complete: true, begunByEvents: false };
  const chunks = await chunksIn(table, { pk: keys.profile(profileId), prefix: 'E#', consistent: true });
  const { events, complete, oldest = '' } = eventsInChain(chunks, lastChunk, '');
  return { events, complete, begunByEvents: complete && oldest.startsWith(keys.chunk(profileId, 1, '').sk) };
};

/** An event is taken to have happened at most five minutes after it was received; clocks of processes differ by less. */
const aheadSeconds = 10 * 60;

/** The same of what happened since then (epoch ms), and perhaps of some of what happened before. */
export const familyEventsSince = async (
  table: Table,
  profile: ProfileState,
  since: number,
): Promise<Pick<KeptEvents, 'events' | 'complete'>> => {
  const family = await familyOf(table, profile);
  const kept = await Promise.all(family.map(([one, { lastChunk }]) => eventsSince(table, one, lastChunk, since)));
  return { events: kept.flatMap(({ events }) => events), complete: kept.every(({ complete }) => complete) };
};

/**
 * The events of the chain from `lastChunk`, read from its newest commit back to the first before which nothing can have
 * happened since then (epoch ms). Complete where all those are there, whatever of earlier ones has expired.
 */
const eventsSince = async (
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
    for (const event of eventsOfChunk(chunk)) events.push(event);
    name = chunk.prev as string | undefined;
  }
  return { events, complete: name === undefined };
};

/** Chunks that are in memory at a time. */
const chunksAtOnce = 64;

/** The events of a profile and of everybody who was merged into it, some at a time: of each the last commits first. */
export async function* eventPages(
  table: Table,
  profile: ProfileState,
): AsyncGenerator<Pick<KeptEvents, 'events' | 'complete'>> {
  for (const [id, { lastChunk }] of await familyOf(table, profile)) {
    const newestFirst = { pk: keys.profile(id), prefix: 'E#', consistent: true, descending: true, limit: chunksAtOnce };
    let name = lastChunk;
    for await (const chunk of everyItem(table, newestFirst)) {
      if (name === undefined || chunk.sk < name) break;
      if (chunk.sk > name) continue;
      yield { events: eventsOfChunk(chunk), complete: true };
      name = chunk.prev as string | undefined;
    }
    if (name !== undefined) yield { events: [], complete: false };
  }
}

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
    for (const event of eventsOfChunk(chunk)) events.push(event);
    oldest = name;
    name = chunk.prev as string | undefined;
  }
  return { events, complete: true, oldest };
};
