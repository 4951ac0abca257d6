import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** One encrypted log group for a whole capability, kept for a month. */
export class PlatformLogs extends LogGroup {
  constructor(scope: Construct, id: string, encryptionKey: IKey) {
    super(scope, id, { encryptionKey, retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  }
}
