import { createHash } from 'node:crypto';
import type { Resource } from './stack.ts';
import { booleanOf } from './template.ts';

/** The property which names a resource, and the longest name its service takes, by type. */
const naming: Record<string, { property: string; longest: number }> = {
  'AWS::DynamoDB::GlobalTable': { property: 'TableName', longest: 200 },
  'AWS::DynamoDB::Table': { property: 'TableName', longest: 200 },
  'AWS::Kinesis::Stream': { property: 'Name', longest: 100 },
  'AWS::Lambda::Function': { property: 'FunctionName', longest: 64 },
  'AWS::S3::Bucket': { property: 'BucketName', longest: 60 },
  'AWS::SQS::Queue': { property: 'QueueName', longest: 75 },
  'AWS::SecretsManager::Secret': { property: 'Name', longest: 200 },
};

const cased = (type: string, name: string): string =>
  type === 'AWS::S3::Bucket' ? name.toLowerCase().replace(/[^a-z0-9-]/g, '-') : name;

/** The property of a resource in which a template may name it. */
export const namingProperty = (type: string): string => naming[type]?.property ?? 'Name';

/**
 * The name a resource goes by when the template gives it none: made of its logical id and a hash of its place, so
 * that it is the same at every start.
 */
export const generatedName = (resource: Resource): string => {
  const { longest = 100 } = naming[resource.type] ?? {};
  const fifo = booleanOf(resource.declaration.Properties?.FifoQueue) ? '.fifo' : '';
  const hash = createHash('sha256').update(resource.id).digest('hex').slice(0, 8);
  return cased(resource.type, `${resource.logicalId.slice(0, longest - 14)}-${hash}`) + fifo;
};
