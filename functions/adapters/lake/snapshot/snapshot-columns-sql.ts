import {
  type Promoted,
  promotedColumns,
  type SnapshotType,
  snapshotColumns,
  tagColumn,
} from '../../../../core/model/profile-snapshot.ts';

/** What DuckDB has for each type of column. */
const columnTypes: Record<SnapshotType, string> = {
  text: 'VARCHAR',
  texts: 'VARCHAR[]',
  json: 'VARCHAR',
  flag: 'BOOLEAN',
  whole: 'BIGINT',
  cents: 'BIGINT',
  number: 'DOUBLE',
  instant: 'TIMESTAMP',
};

const promotedTypes = { text: 'VARCHAR', number: 'DOUBLE', flag: 'BOOLEAN', list: 'VARCHAR' } as const;
const promotedKinds = Object.keys(promotedTypes) as (keyof typeof promotedTypes)[];

/** Every column of the files, with its type. */
export const columnsWith = ({ fields, tags }: Promoted): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(snapshotColumns).map(([name, type]) => [name, columnTypes[type]])),
  ...Object.fromEntries(
    fields.flatMap((_, place) => promotedKinds.map(kind => [promotedColumns(place)[kind], promotedTypes[kind]])),
  ),
  ...Object.fromEntries(tags.map((_, place) => [tagColumn(place), 'BOOLEAN'])),
});

/** A text as SQL has it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const listed = (items: readonly string[]): string => items.join(', ');

/** The names of the columns that are always there, as SQL lists them. */
export const fixedColumns = listed(Object.keys(snapshotColumns));

const missing = (columns: Readonly<Record<string, string>>): string[] =>
  Object.entries(columns).map(([name, type]) => `NULL::${type} AS ${name}`);

/** The columns, and no rows. */
export const noRows = (columns: Readonly<Record<string, string>>): string =>
  `SELECT ${listed(missing(columns))} WHERE false`;

/** These columns of one file, and the place of each row in it; what it does not have is missing in every row. */
export const fileRows = (
  path: string,
  present: ReadonlySet<string>,
  columns: Readonly<Record<string, string>>,
): string => {
  const here = Object.entries(columns).map(([name, type]) => (present.has(name) ? name : `NULL::${type} AS ${name}`));
  return `SELECT ${listed(here)}, file_row_number FROM read_parquet(${quoted(path)}, file_row_number = true)`;
};

/** The parts in some files: whatever they tell of heads and persons, row by row. */
export const partRows = (paths: readonly string[]): string => {
  const types = { ...columnTypes, instant: 'BIGINT' };
  const fields = Object.entries(snapshotColumns).map(([name, type]) => `${name}: ${quoted(types[type])}`);
  const columns = Object.entries(snapshotColumns).map(([name, type]) =>
    type === 'instant' ? `epoch_ms(${name}) AS ${name}` : name,
  );
  return `SELECT ${listed(columns)} FROM read_json([${listed(paths.map(quoted))}], format = 'newline_delimited',
    compression = 'gzip', columns = {${listed(fields)}})`;
};

/** The value of the promoted field at this place, as JSON. */
const valueAt = (place: number): string => `promoted[${place + 1}]`;
const ifType = (place: number, types: readonly string[], value: string): string =>
  `CASE WHEN json_type(${valueAt(place)}) IN (${listed(types.map(quoted))}) THEN ${value} END`;
const numberTypes = ['UBIGINT', 'BIGINT', 'HUGEINT', 'DOUBLE'];

/** The columns of the promoted field at this place: one of them has its value, the others nothing. */
const promotedValues = (place: number): string[] => {
  const [value, columns] = [valueAt(place), promotedColumns(place)];
  return [
    `${ifType(place, ['VARCHAR'], `${value} ->> '$'`)} AS ${columns.text}`,
    `${ifType(place, numberTypes, `CAST(${value} AS DOUBLE)`)} AS ${columns.number}`,
    `${ifType(place, ['BOOLEAN'], `CAST(${value} AS BOOLEAN)`)} AS ${columns.flag}`,
    `${ifType(place, ['ARRAY'], `CAST(${value} AS VARCHAR)`)} AS ${columns.list}`,
  ];
};

const jsonPath = (name: string): string => quoted(`$."${name}"`);

/** Rows with columns for what is promoted, from rows with the columns that are always there. */
export const withPromoted = (rows: string, { fields, tags }: Promoted): string => {
  const values =
    fields.length === 0 ? '' : `, json_extract(custom_fields, [${listed(fields.map(jsonPath))}]) AS promoted`;
  const columns = [
    ...fields.flatMap((_, place) => promotedValues(place)),
    ...tags.map((tag, place) => `list_contains(tags, ${quoted(tag)}) AS ${tagColumn(place)}`),
  ];
  return `SELECT ${listed([fixedColumns, ...columns])} FROM (SELECT ${fixedColumns}${values} FROM (${rows}))`;
};

/** Who is shown: whoever is live, and of whom head and person are told. */
export const shown = "life = 'live' AND person_version IS NOT NULL";
