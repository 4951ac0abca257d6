import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  HttpMethods,
  ObjectLockRetention,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { asidePrefix, eventsPrefix, resultsPrefix } from '../../core/engines/lake/layout.ts';
import { acknowledge } from '../acknowledgements.ts';
import { BucketPolicies } from './bucket-policies.ts';
import { LakeQueries } from './lake-queries.ts';
import { LakeTables } from './lake-tables.ts';
import { accessLogPrefix, logAccess } from './log-access.ts';

/** How large the resources that hold data are. */
export interface CdpDataResourcesProps {
  /** Shards of the event stream; 1 when absent. */
  eventShards?: number;
}

/** The name of the index over `lpk` and `lsk` that lists are read from. */
export const listIndex = 'list';

/** Everything that holds data: one key, the table, the event stream, the buckets, the secret. */
export class CdpDataResources extends Construct {
  readonly key: Key;
  readonly table: TableV2;
  /** The keys under which the lake keeps who somebody is. */
  readonly seals: TableV2;
  readonly events: Stream;
  readonly accessLogs: Bucket;
  readonly failedRecords: Bucket;
  readonly keepFailedRecords: ManagedPolicy;
  /** Every event for years, and what profiles look like. */
  readonly lake: Bucket;
  /** What is uploaded to be imported, and what was exported to be downloaded. */
  readonly transfers: Bucket;
  /** The database of the tables over the lake. */
  readonly lakeDatabaseName: string;
  readonly lakeQueries: LakeQueries;
  readonly lakePolicies: BucketPolicies;
  readonly transferPolicies: BucketPolicies;
  readonly platformSecret: Secret;
  /** What the entries of the audit log are sealed with. */
  readonly auditSecret: Secret;
  /** How far the audit log had come, hour by hour. */
  readonly auditAnchors: Bucket;
  readonly anchorPolicies: BucketPolicies;

  constructor(scope: Construct, id: string, props: CdpDataResourcesProps = {}) {
    super(scope, id);
    this.key = this.#createKey();
    this.table = this.#createTable();
    this.seals = this.#createSeals();
    this.events = this.#createEvents(props.eventShards ?? 1);
    this.accessLogs = this.#createAccessLogs();
    this.failedRecords = this.#createFailedRecords();
    this.keepFailedRecords = this.#createFailedRecordsPolicy();
    this.lake = this.#createLake();
    const { databaseName } = new LakeTables(this, 'LakeTables', this.lake);
    this.lakeDatabaseName = databaseName;
    this.lakeQueries = new LakeQueries(this, 'LakeQueries', { lake: this.lake, key: this.key, databaseName });
    this.transfers = this.#createTransfers();
    this.lakePolicies = new BucketPolicies(this, 'LakePolicies', this.lake, 'lakeObjects');
    this.transferPolicies = new BucketPolicies(this, 'TransferPolicies', this.transfers, 'transferObjects');
    this.platformSecret = this.#createPlatformSecret();
    this.auditSecret = this.#createAuditSecret();
    this.auditAnchors = this.#createAuditAnchors();
    this.anchorPolicies = new BucketPolicies(this, 'AnchorPolicies', this.auditAnchors, 'auditAnchors');
  }

  /** One key for everything at rest; CloudWatch Logs may use it for this account's log groups. */
  #createKey(): Key {
    const key = new Key(this, 'Key', {
      description: 'Customer data platform: data at rest',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stack = Stack.of(this);
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:*`,
          },
        },
      }),
    );
    return key;
  }

  #createTable(): TableV2 {
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: listIndex,
          partitionKey: { name: 'lpk', type: AttributeType.STRING },
          sortKey: { name: 'lsk', type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      timeToLiveAttribute: 'ttl',
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      encryption: TableEncryptionV2.awsManagedKey(),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#encryptWithOwnKey(table);
    return table;
  }

  /** A key for each profile; no older state is kept, so that a key that was destroyed is nowhere. */
  #createSeals(): TableV2 {
    const seals = new TableV2(this, 'Seals', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      deletionProtection: true,
      encryption: TableEncryptionV2.awsManagedKey(),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#encryptWithOwnKey(seals);
    return seals;
  }

  /** CDK refuses an own key where the region is not known at synth; CloudFormation does not mind. */
  #encryptWithOwnKey(table: TableV2): void {
    const { defaultChild } = table.node;
    if (!(defaultChild instanceof CfnGlobalTable)) throw new Error('TableV2 is expected to make a CfnGlobalTable.');
    defaultChild.addPropertyOverride('Replicas.0.SSESpecification.KMSMasterKeyId', this.key.keyArn);
  }

  #createEvents(shardCount: number): Stream {
    const events = new Stream(this, 'Events', {
      streamMode: StreamMode.PROVISIONED,
      shardCount,
      retentionPeriod: Duration.days(7),
      encryption: StreamEncryption.KMS,
      encryptionKey: this.key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(events, 'ownStreamKey');
    return events;
  }

  /** Where S3 and CloudFront write who asked for what; CloudFront needs the bucket to accept its ACL. */
  #createAccessLogs(): Bucket {
    const logs = new Bucket(this, 'AccessLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    logs.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [logs.arnForObjects(`${accessLogPrefix}*`)],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return logs;
  }

  /** A bucket for what is the platform's own: private, under the platform's key, with a log of who asked for what. */
  #createBucket(id: string, logPrefix: string, props: BucketProps): Bucket {
    const bucket = new Bucket(this, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
    logAccess(bucket, this.accessLogs, logPrefix);
    return bucket;
  }

  /** Batches that a stream consumer could not work off, whole, for 30 days. */
  #createFailedRecords(): Bucket {
    return this.#createBucket('FailedRecords', 'failed-records', {
      lifecycleRules: [{ expiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
  }

  /**
   * Files of events that have come to rest cost less after a year and are still read at once. What could not be read may
   * tell of people who are erased meanwhile: whoever looks after it has two weeks.
   */
  #createLake(): Bucket {
    const restAfter = { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(365) };
    return this.#createBucket('Lake', 'lake', {
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { prefix: eventsPrefix, transitions: [restAfter] },
        { prefix: asidePrefix, expiration: Duration.days(14) },
        { prefix: resultsPrefix, expiration: Duration.days(1) },
      ],
    });
  }

  /** Browsers upload to it and download from it directly, by addresses that expire. */
  #createTransfers(): Bucket {
    return this.#createBucket('Transfers', 'transfers', {
      lifecycleRules: [{ expiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      cors: [{ allowedMethods: [HttpMethods.PUT, HttpMethods.GET], allowedOrigins: ['*'], exposedHeaders: ['etag'] }],
    });
  }

  /** What Lambda needs, in the name of a stream's consumer, to keep a batch that failed for good. */
  #createFailedRecordsPolicy(): ManagedPolicy {
    const policy = new ManagedPolicy(this, 'KeepFailedRecords', {
      description: 'Customer data platform: keep the batches that a stream consumer could not work off',
      statements: [
        new PolicyStatement({
          actions: ['s3:PutObject'],
          resources: [this.failedRecords.arnForObjects('aws/lambda/*')],
        }),
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.failedRecords.bucketArn] }),
        new PolicyStatement({ actions: ['kms:GenerateDataKey'], resources: [this.key.keyArn] }),
      ],
    });
    acknowledge(policy, 'failedBatches', this.failedRecords);
    return policy;
  }

  /** Nobody replaces or deletes an anchor for a year; what cannot be anchored anew is kept for seven. */
  #createAuditAnchors(): Bucket {
    return this.#createBucket('AuditAnchors', 'audit-anchors', {
      versioned: true,
      objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(365)),
      lifecycleRules: [
        {
          expiration: Duration.days(7 * 365),
          noncurrentVersionExpiration: Duration.days(365),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
  }

  /** Of its own, so that who seals entries can make nothing else with it. */
  #createAuditSecret(): Secret {
    const secret = new Secret(this, 'AuditSecret', {
      description: 'Customer data platform: what entries of the audit log are sealed with',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      encryptionKey: this.key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, 'unrotatedSecret');
    return secret;
  }

  #createPlatformSecret(): Secret {
    const secret = new Secret(this, 'PlatformSecret', {
      description: 'Customer data platform: what keys, tokens and signatures are derived from',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      encryptionKey: this.key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, 'unrotatedSecret');
    new CfnOutput(this, 'PlatformSecretArn', {
      description: 'For npx cdp keys bootstrap: the secret from which the first admin key is made',
      value: secret.secretArn,
    });
    return secret;
  }
}
