import type { SqlDialect, SqlType } from '../../language/sql/sql-dialect.ts';
import type { Statement } from '../../language/sql/statement.ts';
import { type SnapshotType, snapshotColumns } from '../../model/profile-snapshot.ts';
import type { PartValue, SnapshotPart } from '../../model/snapshot-part.ts';

/** A profile as it is now, by the columns of the snapshot; of one that is gone only that. */
export type RecentRow = Readonly<Record<string, PartValue>>;

/** Statements may be no longer than this where they travel. */
const charactersMax = 200_000;

/** Rows of profiles from all that each tells the snapshot; the first ones, as many as a statement can hold. */
export const recentRows = (told: readonly (readonly SnapshotPart[])[]): RecentRow[] => {
  let characters = 0;
  const rows = told.map((parts): RecentRow => Object.assign({}, ...parts));
  return rows.filter(row => {
    characters += JSON.stringify(row).length;
    return characters <= charactersMax;
  });
};

const types: Readonly<Record<SnapshotType, SqlType>> = {
  text: 'text',
  texts: 'texts',
  json: 'text',
  flag: 'flag',
  whole: 'whole',
  cents: 'whole',
  number: 'number',
  instant: 'whole',
};

/** The rows as a relation with the columns of the snapshot; `undefined` where there are none. */
export const recentRelation = (rows: readonly RecentRow[], dialect: SqlDialect): Statement | undefined => {
  if (rows.length === 0) return undefined;
  const typed = Object.fromEntries(Object.entries(snapshotColumns).map(([name, type]) => [name, types[type]]));
  const columns = Object.entries(snapshotColumns).map(([name, type]) =>
    type === 'instant' ? `${dialect.timestampOf(name)} AS ${name}` : name,
  );
  return {
    text: `SELECT ${columns.join(', ')} FROM ${dialect.rowsOfJson('?', typed)}`,
    values: [JSON.stringify(rows)],
  };
};
