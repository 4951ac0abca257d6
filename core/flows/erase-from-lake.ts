import { asideChunksPrefix } from '../engines/lake/layout.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { SnapshotParts } from '../ports/profile-snapshot.ts';
import { profileParts } from './profile-parts.ts';

export interface LakeErasureTools {
  seals: Pick<ProfileSeals, 'destroy'>;
  snapshotParts: Pick<SnapshotParts, 'add'>;
  lake: Pick<ObjectStore, 'list' | 'delete'>;
}

/**
 * What an erasure does in the lake. With the profile's key nobody reads any more who its events are of, in whatever copy
 * they stand. The snapshot hides it from the next question on; files that tell of it are written anew within the hour.
 * Chunks that could not be read and were kept aside are removed. A second time changes nothing.
 */
export const eraseFromLake = async (erased: ProfileState, tools: LakeErasureTools): Promise<void> => {
  const { id, head } = erased;
  await tools.seals.destroy(id);
  await tools.snapshotParts.add({ shard: 'erased', first: id, last: String(head.version) }, profileParts(erased));
  const aside: string[] = [];
  for await (const { key } of tools.lake.list(asideChunksPrefix(id))) aside.push(key);
  await tools.lake.delete(aside);
};
