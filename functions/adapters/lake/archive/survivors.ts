import type { LakeAlias } from '../../../../core/model/lake-alias.ts';
import type { HotFiles } from '../../../../core/ports/hot-files.ts';
import type { LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import { openLakeSession, quoted } from '../write/lake-session.ts';

export interface ArchiveTools {
  partitions: LakePartitions;
  hotFiles: HotFiles;
  lake: ObjectStore;
}

/** A chain of merges is pressed flat with every merge; a longer one is a loop. */
const hopsMax = 10;

type Told = Pick<LakeAlias, 'profileId' | 'version' | 'into'>;

const filedAliases = async (keys: readonly string[], { lake }: ArchiveTools): Promise<Told[]> => {
  if (keys.length === 0) return [];
  const session = await openLakeSession(lake);
  try {
    const paths: string[] = [];
    for (const key of keys) {
      const path = await session.fetch(key);
      if (path === undefined) throw new Error(`${key} is named and not there`);
      paths.push(quoted(path));
    }
    const sql = `SELECT "profileId", "version", "into" FROM read_parquet([${paths.join(', ')}], union_by_name = true)`;
    return (await session.rows(sql)).map(row => ({ ...(row as unknown as Told), version: Number(row.version) }));
  } finally {
    await session.close();
  }
};

/** Tells who has the events of a profile now. */
export const survivorsIn = async (tools: ArchiveTools): Promise<(profileId: string) => string> => {
  const { base, merged, hot } = await tools.partitions.aliasView();
  const told = await filedAliases(
    [...base, ...merged].map(({ key }) => key),
    tools,
  );
  for (const { aliases } of hot) {
    if (aliases) told.push(...((await tools.hotFiles.aliases(aliases.key)) ?? []));
  }
  const newest = new Map<string, Told>();
  for (const one of told) if ((newest.get(one.profileId)?.version ?? -1) < one.version) newest.set(one.profileId, one);
  return profileId => {
    let survivor = profileId;
    for (let hop = 0; hop < hopsMax; hop += 1) survivor = newest.get(survivor)?.into ?? survivor;
    return survivor;
  };
};
