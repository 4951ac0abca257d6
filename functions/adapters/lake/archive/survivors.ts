import type { LakeAlias } from '../../../../core/model/lake-alias.ts';
import type { HotFiles } from '../../../../core/ports/hot-files.ts';
import type { LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import { quoted } from '../read/lake-columns.ts';
import { LakeMoved } from '../read/lake-moved.ts';

export interface ArchiveTools {
  partitions: LakePartitions;
  hotFiles: HotFiles;
  /** Copies of files, kept while the function is warm: page after page reads the same day. */
  files: Pick<FetchedFiles, 'holding'>;
  engine: Pick<DuckdbEngine, 'using'>;
}

/** A chain of merges is pressed flat with every merge; a longer one is a loop. */
const hopsMax = 10;

type Told = Pick<LakeAlias, 'profileId' | 'version' | 'into'>;

/** Where the copy of a file is that is named. @throws LakeMoved */
export const copyOf = (key: string, paths: ReadonlyMap<string, string>): string => {
  const path = paths.get(key);
  if (path === undefined) throw new LakeMoved(`${key} is named and not there`);
  return path;
};

const filedAliases = async (keys: readonly string[], { engine, files }: ArchiveTools): Promise<Told[]> => {
  if (keys.length === 0) return [];
  return files.holding(keys, async paths => {
    const list = keys.map(key => quoted(copyOf(key, paths))).join(', ');
    const sql = `SELECT "profileId", "version", "into" FROM read_parquet([${list}], union_by_name = true)`;
    return (await engine.using(duckdb => duckdb.rows(sql))) as unknown as Told[];
  });
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
