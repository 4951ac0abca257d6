import { headColumns, personColumns } from '../../../../core/model/profile-snapshot.ts';
import { fixedColumns, listed } from './snapshot-columns-sql.ts';

const names = (columns: Readonly<Record<string, unknown>>): string[] => Object.keys(columns);

/** Of all parts of one kind the newest of each profile. */
export const newestParts = (parts: string, columns: Readonly<Record<string, unknown>>, version: string): string =>
  `SELECT id, ${listed(names(columns))} FROM ${parts} WHERE ${version} IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY ${version} DESC) = 1`;

/** Columns from the newest part, unless what stood before is newer. */
const overlay = (columns: Readonly<Record<string, unknown>>, version: string, part: string): string[] =>
  names(columns).map(
    name =>
      `CASE WHEN ${part}.${version} > coalesce(p.${version}, -1) THEN ${part}.${name} ELSE p.${name} END AS ${name}`,
  );

/** Of a profile that is gone nothing is kept but that. */
const ofLiving = (columns: Readonly<Record<string, unknown>>): string[] =>
  names(columns).map(name => `CASE WHEN coalesce(life, 'live') = 'live' THEN ${name} END AS ${name}`);

/** The relations that rows are put together from. */
export interface ToldFrom {
  /** The ids that anything was told of. */
  ids: string;
  heads: string;
  persons: string;
  /** What stood before of those: in the delta, and in the base where the delta has nothing. */
  inDelta: string;
  inBase: string;
}

/** What profiles are by now of which anything was told: the newest head and the newest person of each. */
export const toldRows = ({ ids, heads, persons, inDelta, inBase }: ToldFrom): string => `
  SELECT id, ${listed([...names(headColumns), ...ofLiving(personColumns)])} FROM (
    SELECT id, ${listed([...overlay(headColumns, 'head_version', 'h'), ...overlay(personColumns, 'person_version', 'q')])}
    FROM ${ids}
    LEFT JOIN (SELECT ${fixedColumns} FROM (${inDelta}) UNION ALL SELECT ${fixedColumns} FROM (${inBase})) p USING (id)
    LEFT JOIN ${heads} h USING (id)
    LEFT JOIN ${persons} q USING (id))`;
