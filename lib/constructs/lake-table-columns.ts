import { lakeEventColumns } from '../../core/model/lake-event.ts';
import {
  promotedColumns,
  promotedMax,
  type SnapshotType,
  snapshotColumns,
  tagColumn,
} from '../../core/model/profile-snapshot.ts';

/** Columns by name, with the types that Athena has for them. */
export type Columns = Readonly<Record<string, string>>;

/** How Athena names the types of DuckDB; what has no sign gets the next larger one. */
const athenaTypes: Readonly<Record<string, string>> = {
  VARCHAR: 'string',
  BIGINT: 'bigint',
  TIMESTAMP: 'timestamp',
  'DECIMAL(28,10)': 'decimal(28,10)',
  BLOB: 'binary',
};

const athenaType = (type: string): string => {
  const known = athenaTypes[type];
  if (known === undefined) throw new Error(`Athena has no name for ${type} yet: give it one in lake-table-columns.ts.`);
  return known;
};

/** Whole events. */
export const eventColumns: Columns = {
  personId: 'string',
  ...Object.fromEntries(Object.entries(lakeEventColumns).map(([name, type]) => [name, athenaType(type)])),
};

/** Events as numbers. */
export const numberColumns: Columns = { person: 'bigint', second: 'bigint', type: 'bigint', amount: 'bigint' };

const snapshotTypes: Readonly<Record<SnapshotType, string>> = {
  text: 'string',
  texts: 'array<string>',
  json: 'string',
  flag: 'boolean',
  whole: 'bigint',
  cents: 'bigint',
  number: 'double',
  instant: 'timestamp',
};

const promotedTypes = { text: 'string', number: 'double', flag: 'boolean', list: 'string' } as const;
const places = Array.from({ length: promotedMax }, (_, place) => place);

const promotedAt = (place: number): [name: string, type: string][] =>
  Object.entries(promotedColumns(place)).map(([kind, name]) => [
    name,
    promotedTypes[kind as keyof typeof promotedTypes],
  ]);

/** Profiles, with every column that a custom field or a tag may have; what a file does not have is missing. */
export const profileColumns: Columns = {
  ...Object.fromEntries(Object.entries(snapshotColumns).map(([name, type]) => [name, snapshotTypes[type]])),
  ...Object.fromEntries(places.flatMap(promotedAt)),
  ...Object.fromEntries(places.map(place => [tagColumn(place), 'boolean'])),
};
