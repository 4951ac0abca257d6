import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { withoutLogging } from '../../../functions/adapters/without-logging.ts';

const steps = (client: { middlewareStack: { identify(): string[] } }): string[] => client.middlewareStack.identify();

test.each([
  ['DynamoDB', () => new DynamoDBClient({ region: 'us-east-1' })],
  ['Kinesis', () => new KinesisClient({ region: 'us-east-1' })],
  ['SQS', () => new SQSClient({ region: 'us-east-1' })],
])('a client of %s loses the step that prepares for a logger, and nothing else', (_, open) => {
  const before = steps(open());
  const after = steps(withoutLogging(open()));
  expect(before.filter(step => !after.includes(step)).map(step => step.split(' ')[0])).toEqual(['loggerMiddleware']);
});
