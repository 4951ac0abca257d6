import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { LakeAlias } from '../../../../core/model/lake-alias.ts';
import type { LakeEvent } from '../../../../core/model/lake-event.ts';
import type { HotFiles } from '../../../../core/ports/hot-files.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
/** They live for minutes: quick is better than small. */
const level = 1;
/** A batch has at most 6 MB packed; whatever unpacks to more than this is none. */
const unpackedBytesMax = 512 * 1024 * 1024;

const linesOf = async <Row>(lake: ObjectStore, key: string): Promise<Row[] | undefined> => {
  const object = await lake.get(key);
  if (!object) return undefined;
  const text = (await unpack(object.body, { maxOutputLength: unpackedBytesMax })).toString('utf8');
  return text.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as Row]));
};

/** JSON lines, gzipped, in the lake. */
export const gzipHotFiles = (lake: ObjectStore): HotFiles => ({
  put: async (key, rows) => {
    const text = rows.map(row => `${JSON.stringify(row)}\n`).join('');
    const { sizeBytes } = await lake.put(key, await pack(text, { level }), { contentType: 'application/gzip' });
    return { key, rows: rows.length, sizeBytes };
  },
  events: key => linesOf<LakeEvent>(lake, key),
  aliases: key => linesOf<LakeAlias>(lake, key),
});
