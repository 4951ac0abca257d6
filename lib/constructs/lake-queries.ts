import { Names, Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { resultsPrefix } from '../../core/engines/lake/layout.ts';
import { profilesTable } from '../../core/model/snapshot-manifest.ts';
import { acknowledge } from '../acknowledgements.ts';

/** One question that reads more than this is stopped: it would cost five dollars. */
const scannedBytesMax = 1024 ** 4;

/** The lake, its key, and the database of its tables. */
export interface LakeQueriesProps {
  lake: Bucket;
  key: IKey;
  databaseName: string;
}

/** Where Athena answers questions about everybody: its settings hold for whoever asks. */
export class LakeQueries extends Construct {
  readonly workGroupName: string;
  /** What a function needs to ask, besides the right to read the lake. */
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: LakeQueriesProps) {
    super(scope, id);
    this.workGroupName = Names.uniqueResourceName(this, { maxLength: 64 });
    this.#createWorkGroup(props);
    this.policy = this.#createPolicy(props);
    acknowledge(this.policy, 'queryResults', props.lake);
  }

  #createWorkGroup({ lake, key }: LakeQueriesProps): void {
    new CfnWorkGroup(this, 'WorkGroup', {
      name: this.workGroupName,
      description: 'Customer data platform: questions about all profiles',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        bytesScannedCutoffPerQuery: scannedBytesMax,
        publishCloudWatchMetricsEnabled: true,
        resultConfiguration: {
          outputLocation: lake.s3UrlForObject(resultsPrefix),
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
          expectedBucketOwner: Stack.of(this).account,
        },
      },
    });
  }

  #createPolicy({ lake, databaseName }: LakeQueriesProps): ManagedPolicy {
    const stack = Stack.of(this);
    const arn = (service: string, resource: string) => stack.formatArn({ service, resource });
    const allow = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources });
    return new ManagedPolicy(this, 'Ask', {
      description: 'Customer data platform: ask Athena about all profiles',
      statements: [
        allow(
          [
            'athena:StartQueryExecution',
            'athena:GetQueryExecution',
            'athena:GetQueryResults',
            'athena:StopQueryExecution',
          ],
          [arn('athena', `workgroup/${this.workGroupName}`)],
        ),
        allow(
          ['glue:GetDatabase', 'glue:GetTable'],
          [
            arn('glue', 'catalog'),
            arn('glue', `database/${databaseName}`),
            arn('glue', `table/${databaseName}/${profilesTable}`),
          ],
        ),
        allow(['s3:PutObject', 's3:AbortMultipartUpload'], [lake.arnForObjects(`${resultsPrefix}*`)]),
        allow(['s3:GetBucketLocation'], [lake.bucketArn]),
      ],
    });
  }
}
