import { App, Stack } from 'aws-cdk-lib';
import type { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { snapshotColumns } from '../../../core/model/profile-snapshot.ts';
import { profilesTable, snapshotFileKey } from '../../../core/model/snapshot-manifest.ts';
import { dataPolicies } from '../../../lib/constructs/function-rights.ts';
import { functionOf } from '../rights.ts';
import { synthesisePlatform } from '../synthesised-platform.ts';

const platform = synthesisePlatform();
const database = platform.one('AWS::Glue::Database');
const workGroup = platform.one('AWS::Athena::WorkGroup');

interface RawStatement {
  Action: string | string[];
  Resource: unknown;
}

interface Column {
  Name: string;
  Type: string;
}

const profiles = platform
  .all('AWS::Glue::Table')
  .map(({ Properties }) => Properties.TableInput as Record<string, unknown>)
  .find(({ Name }) => Name === profilesTable);

describe('the table of profiles', () => {
  test('has the versions of the snapshot as partitions, which nobody has to be told of', () => {
    expect(profiles).toMatchObject({
      PartitionKeys: [{ Name: 'version', Type: 'string' }],
      Parameters: { 'projection.enabled': 'true', 'projection.version.type': 'injected' },
    });
    const template = JSON.stringify((profiles?.Parameters as object | undefined) ?? {});
    const [folder] = snapshotFileKey(7, 'file').split('0000000007');
    expect(template).toContain(`/${folder}\${version}/`);
  });

  test('has every column that a file of the snapshot may have', () => {
    const columns = (profiles?.StorageDescriptor as { Columns: Column[] } | undefined)?.Columns ?? [];
    const typeOf = new Map(columns.map(({ Name, Type }) => [Name, Type]));
    expect(Object.keys(snapshotColumns).filter(name => !typeOf.has(name))).toEqual([]);
    expect(['tags', 'ltv_cents', 'updated_at', 'c0_text', 'c31_number', 't31'].map(name => typeOf.get(name))).toEqual([
      'array<string>',
      'bigint',
      'timestamp',
      'string',
      'double',
      'boolean',
    ]);
    expect(columns).toHaveLength(typeOf.size);
  });
});

test('answers of Athena are encrypted with our key, whoever asks, below a prefix that is gone after a day', () => {
  expect(workGroup.Properties).toMatchObject({
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 2 ** 40,
      ResultConfiguration: {
        EncryptionConfiguration: {
          EncryptionOption: 'SSE_KMS',
          KmsKey: { 'Fn::GetAtt': [platform.one('AWS::KMS::Key').id, 'Arn'] },
        },
      },
    },
  });
  expect(JSON.stringify(workGroup.Properties)).toContain('/results/"');
  const lake = platform.all('AWS::S3::Bucket').find(({ id }) => id.includes('DataLake'));
  expect(lake?.Properties.LifecycleConfiguration).toMatchObject({
    Rules: expect.arrayContaining([{ ExpirationInDays: 1, Prefix: 'results/', Status: 'Enabled' }]),
  });
});

test('whoever asks has a right on that work group, that table and that prefix alone', () => {
  const ask = platform.all('AWS::IAM::ManagedPolicy').find(({ id }) => id.includes('LakeQueries'));
  const document = ask?.Properties.PolicyDocument as { Statement: RawStatement[] } | undefined;
  const Statement = document?.Statement ?? [];
  expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual([
    'athena:GetQueryExecution',
    'athena:GetQueryResults',
    'athena:StartQueryExecution',
    'athena:StopQueryExecution',
    'glue:GetDatabase',
    'glue:GetTable',
    's3:AbortMultipartUpload',
    's3:GetBucketLocation',
    's3:PutObject',
  ]);
  const resources = JSON.stringify(Statement.map(({ Resource }) => Resource));
  expect(resources).toContain(`:workgroup/${String(workGroup.Properties.Name)}`);
  expect(resources).toContain(`{"Ref":"${database.id}"},"/${profilesTable}"`);
  expect(resources).toContain('/results/*');
  expect(Statement.flatMap(({ Resource }) => Resource)).not.toContain('*');
});

test('the right is that of functions which ask about everybody', () => {
  const stack = new Stack(new App());
  const policy = { managedPolicyArn: 'ask' } as IManagedPolicy;
  const data = { lakeQueries: { policy }, lake: new Bucket(stack, 'Lake') } as unknown as Parameters<
    typeof dataPolicies
  >[1]['data'];
  expect(dataPolicies({ everybody: true }, { data })).toEqual([policy]);
  expect(dataPolicies({ queries: true }, { data })).toEqual([]);
});

test('functions of a deployment know the work group and the database, those of this machine know none', () => {
  const variablesOf = (some: typeof platform) =>
    Object.keys((functionOf(some, 'jobs/tick').Properties.Environment as { Variables: object }).Variables);
  expect(variablesOf(platform)).toEqual(expect.arrayContaining(['ATHENA_WORK_GROUP', 'LAKE_DATABASE_NAME']));
  expect(variablesOf(synthesisePlatform({ STAGE: 'local' }))).not.toContain('ATHENA_WORK_GROUP');
});

test('two stages share no work group', () => {
  const prod = synthesisePlatform({ STAGE: 'prod' });
  expect(prod.one('AWS::Athena::WorkGroup').Properties.Name).not.toBe(workGroup.Properties.Name);
});
