import { type Bucket, CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';

/** Where the access logs of buckets begin in the bucket of access logs, which S3 may write to. */
export const accessLogPrefix = 's3/';

/**
 * Logs every access to a bucket. The bucket of logs lets S3 write for the whole account by its own policy; CDK's way
 * would name this bucket there and so tie the data to what is built upon it.
 */
export const logAccess = (bucket: Bucket, accessLogs: IBucket, name: string): void => {
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof CfnBucket)) throw new Error(`${bucket.node.path} is expected to make a CfnBucket.`);
  defaultChild.loggingConfiguration = {
    destinationBucketName: accessLogs.bucketName,
    logFilePrefix: `${accessLogPrefix}${name}/`,
  };
};
