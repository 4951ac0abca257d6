import type { SqlDialect } from './sql-dialect.ts';

/** That somebody was put into a segment by hand. Ids have no quotes in them; what has is not told. */
export interface Hand {
  profile_id: string;
  segment_id: string;
}

/** Who was put into segments by hand, as it stands after `FROM`. */
export const handsSql = (hands: readonly Hand[], dialect: SqlDialect): string => {
  if (hands.length === 0) return "(SELECT '' AS profile_id, '' AS segment_id WHERE false) AS hands";
  const json = `'${JSON.stringify(hands).replaceAll("'", "''")}'`;
  const rows = dialect.rowsOfJson(json, { profile_id: 'text', segment_id: 'text' });
  return `(SELECT profile_id, segment_id FROM ${rows}) AS hands`;
};
