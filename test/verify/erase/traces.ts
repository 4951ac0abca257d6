import { gunzipSync } from 'node:zlib';
import type { ObjectStore } from '../../../core/ports/object-store.ts';
import type { Item } from '../../../core/ports/table.ts';
import { openLakeSession, quoted } from '../../../functions/adapters/lake/write/lake-session.ts';
import { eventsOfChunk } from '../../../functions/adapters/stores/event-chunks.ts';
import type { Loop } from '../../fixtures/run-loop.ts';
import { foundIn } from './needles.ts';

const isChunk = ({ pk, sk }: Item): boolean => pk.startsWith('P#') && sk.startsWith('E#');

/** Everything that an item says; what is packed in it, unpacked. */
const textOf = (item: Item): string => {
  const readable = JSON.stringify(item, (_name, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  return isChunk(item) ? readable + JSON.stringify(eventsOfChunk(item)) : readable;
};

/** What a file says to whoever opens it with the usual tools. */
export const unpackedFile = async (key: string, body: Uint8Array, store: ObjectStore): Promise<Uint8Array> => {
  if (key.endsWith('.parquet')) return rowsOf(key, store);
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
};

const rowsOf = async (key: string, store: ObjectStore): Promise<Uint8Array> => {
  const session = await openLakeSession(store);
  try {
    const path = await session.fetch(key);
    const rows = await session.rows(`SELECT one::VARCHAR AS text FROM read_parquet(${quoted(path ?? '')}) AS one`);
    return Buffer.from(rows.map(({ text }) => String(text)).join('\n'));
  } finally {
    await session.close();
  }
};

/** What waits to be brought into the snapshot, which hides them; a job takes it away within minutes. */
const waiting = 'profiles/parts/';

const tracesInObjects = async (
  name: string,
  store: ObjectStore,
  needles: readonly string[],
  whole: boolean,
): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of store.list('')) {
    if (key.startsWith(waiting) && !whole) continue;
    const body = await unpackedFile(key, (await store.get(key))?.body ?? new Uint8Array(), store);
    if (foundIn(body, needles).length > 0) found.push(`${name}: ${key}`);
  }
  return found;
};

/** Whose traces are looked for. */
export interface Erased {
  profileIds: readonly string[];
  needles: readonly string[];
  /** Whether the jobs have run that bring the snapshot up to date. */
  whole: boolean;
}

/** Where somebody who was erased is still found: in the table, in its objects, at the receiver. */
export const tracesOf = async (loop: Loop, { profileIds, needles, whole }: Erased): Promise<string[]> => {
  const own = new Set(profileIds.map(id => `P#${id}`));
  const items = loop.contents();
  const left = items.filter(({ pk, sk }) => own.has(pk) && sk !== 'H');
  const telling = items.filter(item => foundIn(Buffer.from(textOf(item)), needles).length > 0);
  const held = profileIds.filter(id => loop.receiver.member(id) !== undefined);
  return [
    ...left.map(({ pk, sk }) => `left: ${pk} ${sk}`),
    ...telling.map(({ pk, sk }) => `told by: ${pk} ${sk}`),
    ...held.map(id => `held by the receiver: ${id}`),
    ...(await tracesInObjects('lake', loop.services.lake, needles, whole)),
    ...(await tracesInObjects('transfers', loop.services.transfers, needles, whole)),
  ];
};
