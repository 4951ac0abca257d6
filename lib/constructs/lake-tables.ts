import { Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { runPrefix } from '../../core/engines/lake/layout.ts';
import type { LakeLayout } from '../../core/model/lake-partition.ts';
import { profilesTable, snapshotFilesPrefix } from '../../core/model/snapshot-manifest.ts';
import { type Columns, eventColumns, numberColumns, profileColumns } from './lake-table-columns.ts';

/** The columns of each layout that is a table. */
const layouts: Partial<Record<LakeLayout, Columns>> = {
  events: eventColumns,
  packed: { ...numberColumns, channel: 'int', currency: 'int' },
  slim: numberColumns,
  people: { person: 'bigint', personId: 'string' },
};

/** A table whose partitions are known by their names: nothing has to be told of a new one. */
interface ProjectedTable {
  name: string;
  columns: Columns;
  /** Where its partitions are: each in a folder `<partition>=<value>`. */
  folder: string;
  partition: string;
  /** What the values of the partition are. */
  values: Readonly<Record<string, string>>;
}

const days = { type: 'date', format: 'yyyy-MM-dd', range: '1970-01-01,NOW+1DAYS' };
/** Whoever asks names the versions that count; no others are looked for. */
const named = { type: 'injected' };

/** Where the runs of a layout are, up to the day. */
const folderOf = (layout: LakeLayout): string => runPrefix(layout, '').replace(/dt=\/$/, '');

const tables: readonly ProjectedTable[] = [
  ...(Object.entries(layouts) as [LakeLayout, Columns][]).map(([layout, columns]) => ({
    name: layout,
    columns,
    folder: folderOf(layout),
    partition: 'dt',
    values: days,
  })),
  { name: profilesTable, columns: profileColumns, folder: snapshotFilesPrefix, partition: 'version', values: named },
];

const parametersOf = ({ partition, values }: ProjectedTable, location: string): Record<string, string> => ({
  classification: 'parquet',
  'projection.enabled': 'true',
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`projection.${partition}.${name}`, value])),
  'storage.location.template': `${location}${partition}=\${${partition}}/`,
});

const storageOf = ({ columns }: ProjectedTable, location: string): CfnTable.StorageDescriptorProperty => ({
  location,
  columns: Object.entries(columns).map(([name, type]) => ({ name: name.toLowerCase(), type })),
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
});

/**
 * The lake's sorted files and the snapshot of all profiles as tables of Athena. Which files are live is not known here:
 * `docs/lake.md` tells how to ask.
 */
export class LakeTables extends Construct {
  readonly databaseName: string;

  constructor(scope: Construct, id: string, lake: IBucket) {
    super(scope, id);
    const { account } = Stack.of(this);
    const description = 'Customer data platform: the sorted files of the lake';
    const database = new CfnDatabase(this, 'Database', { catalogId: account, databaseInput: { description } });
    this.databaseName = database.ref;
    for (const table of tables) this.#createTable(table, lake.s3UrlForObject(table.folder));
  }

  #createTable(table: ProjectedTable, location: string): void {
    const { name, partition } = table;
    new CfnTable(this, `${name.charAt(0).toUpperCase()}${name.slice(1)}`, {
      catalogId: Stack.of(this).account,
      databaseName: this.databaseName,
      tableInput: {
        name,
        tableType: 'EXTERNAL_TABLE',
        parameters: parametersOf(table, location),
        partitionKeys: [{ name: partition, type: 'string' }],
        storageDescriptor: storageOf(table, location),
      },
    });
  }
}
