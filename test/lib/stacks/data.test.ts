import { expect, test } from 'vitest';
import { aliasKey, asideKey, hotKey, mergedKey, runKey } from '../../../core/engines/lake/layout.ts';
import { snapshotFileKey } from '../../../core/model/snapshot-manifest.ts';
import { synthesisePlatform } from '../synthesised-platform.ts';

const platform = synthesisePlatform({}, { eventShards: 3 });
const { one } = platform;
const [table, seals] = ['Table', 'Seals'].map(name =>
  platform.all('AWS::DynamoDB::GlobalTable').find(({ id }) => id.includes(name)),
);
const dataBuckets = platform.all('AWS::S3::Bucket').filter(({ stack }) => stack === 'CdpData');

test('the tables, the stream, the key, the secret and the buckets of the data outlive their stack', () => {
  const kept = [
    ...platform.all('AWS::DynamoDB::GlobalTable'),
    one('AWS::Kinesis::Stream'),
    one('AWS::KMS::Key'),
    ...platform.all('AWS::SecretsManager::Secret').filter(({ stack }) => stack === 'CdpData'),
    ...dataBuckets,
  ];
  expect(kept).toHaveLength(11);
  for (const { DeletionPolicy, UpdateReplacePolicy } of kept) {
    expect({ DeletionPolicy, UpdateReplacePolicy }).toEqual({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  }
});

test('the data stack cannot be deleted by accident', () => {
  expect(platform.stacks.data.terminationProtection).toBe(true);
});

test('the table has the list index, expiry, a stream of both images, recovery, protection and our key', () => {
  expect(table?.Properties).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'list',
        KeySchema: [{ AttributeName: 'lpk' }, { AttributeName: 'lsk' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    Replicas: [
      {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [one('AWS::KMS::Key').id, 'Arn'] } },
      },
    ],
  });
});

test('the table of the profiles’ keys keeps no older state, and has no stream', () => {
  const [replica] = (seals?.Properties.Replicas ?? []) as Record<string, unknown>[];
  expect(replica).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [one('AWS::KMS::Key').id, 'Arn'] } },
  });
  expect(seals?.Properties).not.toHaveProperty('StreamSpecification');
});

test('the sorted files of the lake are tables whose days need not be told', () => {
  const tables = platform
    .all('AWS::Glue::Table')
    .map(({ Properties }) => Properties.TableInput as Record<string, unknown>);
  expect(tables.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['events', 'packed', 'slim', 'people']));
  const events = tables.find(({ Name }) => Name === 'events');
  expect(events).toMatchObject({
    PartitionKeys: [{ Name: 'dt', Type: 'string' }],
    Parameters: { 'projection.enabled': 'true', 'projection.dt.type': 'date' },
  });
  expect(JSON.stringify(events)).toContain(`/events/events/dt=\${dt}/`);
  expect(JSON.stringify(events)).toContain('{"Name":"amount","Type":"decimal(28,10)"}');
});

test('the event stream keeps a week, encrypted, with the shards that were asked for', () => {
  expect(one('AWS::Kinesis::Stream').Properties).toMatchObject({
    RetentionPeriodHours: 168,
    ShardCount: 3,
    StreamEncryption: { EncryptionType: 'KMS' },
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
  });
});

test('every bucket is encrypted and closed to the public; what is not the lake expires, the lake comes to rest', () => {
  for (const { Properties } of platform.all('AWS::S3::Bucket')) {
    expect(Properties).toMatchObject({
      BucketEncryption: expect.anything(),
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
  }
  const lakes = dataBuckets.filter(({ id }) => id.includes('Lake'));
  expect(lakes).toHaveLength(1);
  const rests = {
    Status: 'Enabled',
    Prefix: 'events/',
    Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 365 }],
  };
  for (const { id, Properties } of dataBuckets) {
    const rule = id.includes('Lake') ? rests : { Status: 'Enabled', ExpirationInDays: expect.any(Number) };
    expect(Properties.LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([expect.objectContaining(rule)]),
    });
  }
});

test('events rest in Glacier Instant Retrieval after 12 months and never expire; what was put aside goes after two weeks', () => {
  const lake = dataBuckets.find(({ id }) => id.includes('Lake'));
  const lifecycle = lake?.Properties.LifecycleConfiguration as { Rules: Record<string, unknown>[] } | undefined;
  const ruleOf = (key: string) => (lifecycle?.Rules ?? []).filter(({ Prefix = '' }) => key.startsWith(String(Prefix)));
  const old = ruleOf(runKey('events', '2025-02-15', 'run-1', 0));
  expect(old.flatMap(({ Transitions }) => Transitions ?? [])).toEqual([
    { StorageClass: 'GLACIER_IR', TransitionInDays: 365 },
  ]);
  expect(ruleOf(asideKey('profiles/parts/one.ndjson.gz'))).toContainEqual(
    expect.objectContaining({ Status: 'Enabled', ExpirationInDays: 14 }),
  );
  const lasting = [
    runKey('slim', '2025-02-15', 'run-1', 0),
    mergedKey('2025-02-15', 'merged-1'),
    aliasKey('aliases-1'),
    hotKey('hot-1'),
    snapshotFileKey(1, 'file'),
  ];
  for (const key of lasting) expect(ruleOf(key).some(rule => 'ExpirationInDays' in rule)).toBe(false);
  for (const key of lasting.slice(1)) expect(ruleOf(key).some(rule => 'Transitions' in rule)).toBe(false);
});

test('every bucket and every queue refuses unencrypted transport', () => {
  const policies = [...platform.all('AWS::S3::BucketPolicy'), ...platform.all('AWS::SQS::QueuePolicy')];
  const secured = policies.filter(({ Properties }) =>
    JSON.stringify(Properties).includes('"aws:SecureTransport":"false"'),
  );
  const guarded = platform.all('AWS::S3::Bucket').length + platform.all('AWS::SQS::Queue').length;
  expect(secured).toHaveLength(guarded);
});

test('there is one key for everything', () => {
  expect(platform.all('AWS::KMS::Key')).toHaveLength(1);
  expect(one('AWS::KMS::Key').Properties).toMatchObject({ EnableKeyRotation: true });
});

test('the platform secret is made of 64 letters and digits, under our key', () => {
  const secret = platform.all('AWS::SecretsManager::Secret').find(({ id }) => id.includes('PlatformSecret'));
  expect(secret?.Properties).toMatchObject({
    GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    KmsKeyId: { 'Fn::GetAtt': [one('AWS::KMS::Key').id, 'Arn'] },
  });
});

test('nobody replaces or deletes an anchor of the audit log for a year', () => {
  expect(dataBuckets.find(({ id }) => id.includes('AuditAnchors'))?.Properties).toMatchObject({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
    VersioningConfiguration: { Status: 'Enabled' },
  });
});
