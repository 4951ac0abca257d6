import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectFacts, ObjectStore } from '../../../core/ports/object-store.ts';

/** Objects as files of a folder, so that what is measured holds none of them in memory. */
export const folderObjects = (folder: string): ObjectStore => {
  const pathOf = (key: string) => join(folder, key);
  const facts = async (key: string): Promise<ObjectFacts> => ({
    key,
    sizeBytes: (await stat(pathOf(key))).size,
    etag: key,
  });
  const write: ObjectStore['write'] = async (key, body) => {
    await mkdir(dirname(pathOf(key)), { recursive: true });
    await pipeline(Readable.from(body), createWriteStream(pathOf(key)));
    return facts(key);
  };
  const unused = async (): Promise<never> => {
    throw new Error('nobody asks a folder for this');
  };
  return {
    facts,
    get: async key => ({ ...(await facts(key)), body: await readFile(pathOf(key)) }),
    read: async key => createReadStream(pathOf(key)),
    put: (key, body) => write(key, Readable.from([body])),
    write,
    list: () => {
      throw new Error('nobody lists a folder');
    },
    delete: async keys => {
      for (const key of keys) await rm(pathOf(key), { force: true });
    },
    uploadUrl: unused,
    downloadUrl: unused,
  };
};
