/**
 * Dollars, us-east-1, on demand, without free tiers; written down on 2026-11-25. `fromMemory` marks what was not looked
 * up on AWS's price pages that day.
 */
export const prices = {
  dynamoDbWriteUnit: 0.625 / 1e6,
  dynamoDbReadUnit: 0.125 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  httpApiRequest: 1 / 1e6,
  kinesisPutUnit: 0.014 / 1e6,
  kinesisShardHour: 0.015,
  sqsRequest: 0.4 / 1e6,
  cloudFrontRequest: 1 / 1e6,
  logGigabyte: 0.5,
  /** x86-64. */
  lambdaQueryGigabyteSecond: 0.0000166667,
  /** PUT, LIST and each part of a large body; S3 Standard. */
  s3Write: 5 / 1e6,
  s3Read: 0.4 / 1e6,
  fromMemory: [
    'kinesisShardHour',
    'sqsRequest',
    'cloudFrontRequest',
    'logGigabyte',
    'lambdaQueryGigabyteSecond',
    's3Write',
    's3Read',
  ],
} as const;
