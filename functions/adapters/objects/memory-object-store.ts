import { createHash } from 'node:crypto';
import {
  type ByteRange,
  ObjectExists,
  type ObjectFacts,
  type ObjectStore,
  type PutOptions,
} from '../../../core/ports/object-store.ts';

const etagOf = (body: Uint8Array): string => `"${createHash('md5').update(body).digest('hex')}"`;

const partOf = (body: Uint8Array, range?: ByteRange): Uint8Array =>
  range ? body.slice(range.first, range.last + 1) : body.slice();

const joined = async (body: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
};

/** Objects in this process; addresses for upload and download name them and lead nowhere. */
export const memoryObjectStore = (): ObjectStore => {
  const objects = new Map<string, Uint8Array>();
  const factsOf = (key: string, body: Uint8Array): ObjectFacts => ({
    key,
    sizeBytes: body.byteLength,
    etag: etagOf(body),
  });
  const put = async (key: string, body: Uint8Array, { onlyIfAbsent }: PutOptions = {}) => {
    if (onlyIfAbsent && objects.has(key)) throw new ObjectExists(`${key} exists already`);
    objects.set(key, body.slice());
    return factsOf(key, body);
  };
  return {
    facts: async key => {
      const body = objects.get(key);
      return body && factsOf(key, body);
    },
    get: async (key, range) => {
      const body = objects.get(key);
      if (!body) return undefined;
      const part = partOf(body, range);
      return { ...factsOf(key, body), sizeBytes: part.byteLength, body: part };
    },
    read: async (key, range) => {
      const body = objects.get(key);
      return body && onePart(partOf(body, range));
    },
    put,
    write: async (key, body, options) => put(key, await joined(body), options),
    list: async function* (prefix, after = '') {
      for (const key of [...objects.keys()].sort()) {
        const body = objects.get(key);
        if (body && key.startsWith(prefix) && key > after) yield factsOf(key, body);
      }
    },
    delete: async keys => {
      for (const key of keys) objects.delete(key);
    },
    uploadUrl: async (key, expiresSeconds) => `memory:${key}?upload&expires=${expiresSeconds}`,
    downloadUrl: async (key, expiresSeconds, fileName) => `memory:${key}?as=${fileName}&expires=${expiresSeconds}`,
  };
};

async function* onePart(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}
