import type { Relation } from '../../../../core/language/sql/statement.ts';
import {
  type SnapshotFile,
  type SnapshotManifest,
  snapshotFilePartition,
} from '../../../../core/model/snapshot-manifest.ts';
import { columnsWith, shown } from '../snapshot/snapshot-columns-sql.ts';

/** The table over all files of the snapshot, and where those files are. */
export interface SnapshotTable {
  name: string;
  bucket: string;
}

/**
 * Everybody, for Athena: whoever is in the base and not in the delta, and whoever is shown in the delta. Each file is
 * named, so that no other is looked at. Parts that are in no file yet are not known to it.
 */
export const athenaProfiles = ({ base, delta, promoted }: SnapshotManifest, table: SnapshotTable): Relation => {
  const columns = Object.keys(columnsWith(promoted)).join(', ');
  const inFile = (file: SnapshotFile | undefined): string =>
    `version = '${file ? snapshotFilePartition(file.key) : ''}' AND "$path" = 's3://${table.bucket}/${file?.key ?? ''}'`;
  const text = `(
    SELECT ${columns} FROM ${table.name}
    WHERE ${inFile(base)} AND id NOT IN (SELECT id FROM ${table.name} WHERE ${inFile(delta)})
    UNION ALL
    SELECT ${columns} FROM ${table.name} WHERE ${inFile(delta)} AND ${shown}
  ) AS profiles`;
  return { text, promoted };
};
