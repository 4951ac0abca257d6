import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { everyItem, type Item, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { packEvents, unpackEvents } from './chunk-codec.ts';

/** A chunk stays well below the 400 KB that an item may have. */
const chunkBytesMax = 300 * 1024;
const keepDays = 90;

interface NewChunks {
  profileId: string;
  version: number;
  /** Tells this try to commit from every other one. */
  attempt: string;
  /** The chunk that is the newest now. */
  previous: string | undefined;
  events: readonly AcceptedEvent[];
  /** Epoch ms. */
  at: number;
}

/** The items that keep events, oldest first, each naming the one before it. Nobody sees them until a head names the last. */
export const chunkItems = ({ profileId, version, attempt, previous, events, at }: NewChunks): Item[] => {
  let prev = previous;
  return packEvents(events, chunkBytesMax).map(({ dictionary, bytes }, part) => {
    const key = keys.chunk(profileId, version, `${attempt}-${part}`);
    const ttl = Math.floor(at / 1000) + keepDays * 86_400;
    const item = { ...key, z: bytes, d: dictionary, ttl, ...(prev === undefined ? {} : { prev }) };
    prev = key.sk;
    return item;
  });
};

export interface KeptEvents {
  events: AcceptedEvent[];
  /** False where the chain goes on to chunks that have expired. */
  complete: boolean;
}

/** The events of all chunks that the chain from `lastChunk` names, newest commit first. */
export const keptEvents = async (
  table: Table,
  profileId: string,
  lastChunk: string | undefined,
): Promise<KeptEvents> => {
  if (lastChunk === undefined) return { events: [], complete: true };
  const chunks = new Map<string, Item>();
  const query = { pk: keys.profile(profileId), prefix: 'E#', consistent: true };
  for await (const item of everyItem(table, query)) chunks.set(item.sk, item);
  const events: AcceptedEvent[] = [];
  let name: string | undefined = lastChunk;
  while (name !== undefined) {
    const chunk = chunks.get(name);
    if (!chunk) return { events, complete: false };
    events.push(...unpackEvents({ dictionary: Number(chunk.d), bytes: chunk.z as Uint8Array }));
    name = chunk.prev as string | undefined;
  }
  return { events, complete: true };
};
