import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ObjectStore } from '../../../core/ports/object-store.ts';
import type { PersonalFiles } from '../../../core/ports/personal-files.ts';

const gzipStart = [0x1f, 0x8b];

/** A short text stands in much that has nothing to do with anybody: it counts where it is a whole value. */
const wholeBelow = 8;

const patternOf = (texts: readonly string[]): RegExp | undefined => {
  const escaped = texts.filter(text => text !== '').map(text => [text, escapeText(text)] as const);
  if (escaped.length === 0) return undefined;
  const parts = escaped.map(([text, safe]) =>
    text.length < wholeBelow ? `(?<=["',;\\n\\r]|^)${safe}(?=["',;\\n\\r]|$)` : safe,
  );
  return new RegExp(parts.join('|'), 'i');
};

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

async function* unpacked(store: ObjectStore, key: string): AsyncGenerator<Uint8Array> {
  const head = await store.get(key, { first: 0, last: 1 });
  const body = await store.read(key);
  if (!head || !body) return;
  const isPacked = gzipStart.every((byte, index) => head.body[index] === byte);
  const source = Readable.from(body);
  yield* isPacked ? source.pipe(createGunzip()) : source;
}

/** Whether a file tells one of the texts: read piece by piece, each with the end of the one before it. */
const tells = async (store: ObjectStore, key: string, pattern: RegExp, overlap: number): Promise<boolean> => {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of unpacked(store, key)) {
    const text = rest + decoder.decode(piece, { stream: true });
    if (pattern.test(text)) return true;
    rest = text.slice(-overlap);
  }
  return false;
};

/** Looks through every file of an object store. */
export const objectPersonalFiles = (store: ObjectStore): PersonalFiles => ({
  telling: async texts => {
    const pattern = patternOf(texts);
    if (!pattern) return [];
    const overlap = 2 * Math.max(...texts.map(text => text.length)) + 2;
    const found: string[] = [];
    for await (const { key, sizeBytes } of store.list(''))
      if (sizeBytes > 0 && (await tells(store, key, pattern, overlap))) found.push(key);
    return found;
  },
  remove: keys => store.delete(keys),
});
