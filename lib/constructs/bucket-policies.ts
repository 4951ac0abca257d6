import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type AcknowledgementName, acknowledge } from '../acknowledgements.ts';

/** What a function may do with the objects of a bucket. */
export type BucketUse = 'read' | 'read-write';

const readActions = ['s3:GetObject'];
const actions = {
  read: readActions,
  'read-write': [...readActions, 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
} as const satisfies Record<BucketUse, readonly string[]>;

/** The rights on a bucket and its objects, for functions of whatever stack. */
export class BucketPolicies extends Construct {
  readonly #policies: Record<BucketUse, ManagedPolicy>;

  constructor(scope: Construct, id: string, bucket: Bucket, accepted: AcknowledgementName) {
    super(scope, id);
    this.#policies = {
      read: this.#createPolicy('Read', bucket, actions.read),
      'read-write': this.#createPolicy('ReadWrite', bucket, actions['read-write']),
    };
    acknowledge(this, accepted, bucket);
  }

  /** The policy for a use; the rights on the key come from the function's own role. */
  of(use: BucketUse): ManagedPolicy {
    return this.#policies[use];
  }

  #createPolicy(id: string, bucket: Bucket, objectActions: readonly string[]): ManagedPolicy {
    return new ManagedPolicy(this, id, {
      description: `Customer data platform: objects of one bucket (${objectActions.join(', ')})`,
      statements: [
        new PolicyStatement({ actions: [...objectActions], resources: [bucket.arnForObjects('*')] }),
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
      ],
    });
  }
}
