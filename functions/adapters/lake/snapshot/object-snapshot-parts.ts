import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { asideKey } from '../../../../core/engines/lake/layout.ts';
import { snapshotPartsPrefix } from '../../../../core/model/snapshot-manifest.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import type { SnapshotParts } from '../../../../core/ports/profile-snapshot.ts';

const zip = promisify(gzip);

/** Parts as lines of JSON, gzipped, one object for each batch of a shard. */
export const objectSnapshotParts = (lake: ObjectStore): SnapshotParts => ({
  add: async ({ shard, first, last }, parts) => {
    const lines = parts.map(part => `${JSON.stringify(part)}\n`).join('');
    await lake.put(`${snapshotPartsPrefix}${encodeURIComponent(shard)}/${first}-${last}.ndjson.gz`, await zip(lines));
  },
  names: async () => {
    const names: string[] = [];
    for await (const { key } of lake.list(snapshotPartsPrefix)) names.push(key);
    return names;
  },
  remove: names => lake.delete(names),
  setAside: async names => {
    for (const name of names) {
      const object = await lake.get(name);
      if (object) await lake.put(asideKey(name), object.body);
    }
    await lake.delete(names);
  },
});
