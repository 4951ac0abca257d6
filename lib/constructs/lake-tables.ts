import { Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { runPrefix } from '../../core/engines/lake/layout.ts';
import { lakeEventColumns } from '../../core/model/lake-event.ts';
import type { LakeLayout } from '../../core/model/lake-partition.ts';

/** How Athena names the types of DuckDB; what has no sign gets the next larger one. */
const athenaTypes: Readonly<Record<string, string>> = {
  VARCHAR: 'string',
  BIGINT: 'bigint',
  TIMESTAMP: 'timestamp',
  'DECIMAL(28,10)': 'decimal(28,10)',
  BLOB: 'binary',
};

type Columns = Readonly<Record<string, string>>;

const athenaType = (type: string): string => {
  const known = athenaTypes[type];
  if (known === undefined) throw new Error(`Athena has no name for ${type} yet: give it one in lake-tables.ts.`);
  return known;
};

const eventColumns: Columns = {
  personId: 'string',
  ...Object.fromEntries(Object.entries(lakeEventColumns).map(([name, type]) => [name, athenaType(type)])),
};
const numbers: Columns = { person: 'bigint', second: 'bigint', type: 'bigint', amount: 'bigint' };

/** The columns of each layout that is a table. */
const layouts: Partial<Record<LakeLayout, Columns>> = {
  events: eventColumns,
  packed: { ...numbers, channel: 'int', currency: 'int' },
  slim: numbers,
  people: { person: 'bigint', personId: 'string' },
};

/** Days are known by their names: nothing has to be told of a new one. */
const projection = (location: string): Record<string, string> => ({
  'projection.enabled': 'true',
  'projection.dt.type': 'date',
  'projection.dt.format': 'yyyy-MM-dd',
  'projection.dt.range': '1970-01-01,NOW+1DAYS',
  'storage.location.template': location,
});

/** Where the runs of a layout are, up to the day. */
const folderOf = (layout: LakeLayout): string => runPrefix(layout, '').replace(/dt=\/$/, '');

/** The lake's sorted files as tables of Athena. Which files are live is not known here: `docs/lake.md` tells how to ask. */
export class LakeTables extends Construct {
  constructor(scope: Construct, id: string, lake: IBucket) {
    super(scope, id);
    const { account } = Stack.of(this);
    const description = 'Customer data platform: the sorted files of the lake';
    const database = new CfnDatabase(this, 'Database', { catalogId: account, databaseInput: { description } });
    for (const [layout, columns] of Object.entries(layouts) as [LakeLayout, Columns][]) {
      const location = lake.s3UrlForObject(folderOf(layout));
      new CfnTable(this, `${layout.charAt(0).toUpperCase()}${layout.slice(1)}`, {
        catalogId: account,
        databaseName: database.ref,
        tableInput: {
          name: layout,
          tableType: 'EXTERNAL_TABLE',
          parameters: { classification: 'parquet', ...projection(`${location}dt=\${dt}/`) },
          partitionKeys: [{ name: 'dt', type: 'string' }],
          storageDescriptor: {
            location,
            columns: Object.entries(columns).map(([name, type]) => ({ name: name.toLowerCase(), type })),
            inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
            outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
            serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
          },
        },
      });
    }
  }
}
