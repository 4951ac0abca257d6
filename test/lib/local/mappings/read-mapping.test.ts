import { expect, test } from 'vitest';
import { type Mapping, readMapping } from '../../../../lib/local/mappings/read-mapping.ts';
import { systemOf } from '../system-of.ts';

const mappingOf = (source: string, properties: Record<string, unknown> = {}): Mapping => {
  const system = systemOf({
    Work: { Type: 'AWS::SQS::Queue' },
    Events: { Type: 'AWS::Kinesis::Stream' },
    Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'items' } },
    Failures: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'failures' } },
    Topic: { Type: 'AWS::SNS::Topic' },
    Worker: { Type: 'AWS::Lambda::Function' },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': [source, source === 'Table' ? 'StreamArn' : 'Arn'] },
        FunctionName: { Ref: 'Worker' },
        ...(source !== 'Work' && { StartingPosition: 'TRIM_HORIZON' }),
        ...properties,
      },
    },
  });
  return readMapping(system, system.declared(system.find('Mapping')));
};

test('a stream without settings has the defaults of Lambda', () => {
  expect(mappingOf('Events')).toMatchObject({
    kind: 'stream',
    batchSize: 100,
    windowMilliseconds: 0,
    bisects: false,
    retriesMax: Number.POSITIVE_INFINITY,
    recordAgeMaxMilliseconds: Number.POSITIVE_INFINITY,
    parallelization: 1,
    reportsItemFailures: false,
    startingPosition: { kind: 'oldest' },
  });
});

test('the settings of a stream are read, whichever way the template writes numbers', () => {
  const properties = {
    BatchSize: '500',
    MaximumBatchingWindowInSeconds: 5,
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 0,
    MaximumRecordAgeInSeconds: 60,
    ParallelizationFactor: 2,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    StartingPosition: 'LATEST',
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
  };
  expect(mappingOf('Table', properties)).toMatchObject({
    kind: 'stream',
    batchSize: 500,
    windowMilliseconds: 5000,
    bisects: true,
    retriesMax: 0,
    recordAgeMaxMilliseconds: 60_000,
    parallelization: 2,
    reportsItemFailures: true,
    failureBucket: 'failures',
    startingPosition: { kind: 'latest' },
  });
});

test('the settings of a queue are read', () => {
  expect(mappingOf('Work')).toMatchObject({ kind: 'queue', batchSize: 10, concurrencyMax: 5 });
  expect(mappingOf('Work', { ScalingConfig: { MaximumConcurrency: 2 } })).toMatchObject({ concurrencyMax: 2 });
});

test('a mapping has the same id at every start, in the shape of a UUID', () => {
  const { uuid } = mappingOf('Work');
  expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(mappingOf('Work').uuid).toBe(uuid);
});

test.each<[string, string, Record<string, unknown>, string]>([
  ['filter criteria', 'Work', { FilterCriteria: {} }, 'FilterCriteria'],
  ['filter criteria of a stream', 'Events', { FilterCriteria: {} }, 'FilterCriteria'],
  ['a setting of streams on a queue', 'Work', { ParallelizationFactor: 2 }, 'ParallelizationFactor'],
  [
    'a failure destination that is no bucket',
    'Events',
    { DestinationConfig: { OnFailure: { Destination: { Ref: 'Topic' } } } },
    'bucket',
  ],
  ['no starting position', 'Events', { StartingPosition: undefined }, 'StartingPosition'],
  ['a source of another kind', 'Topic', {}, 'EventSourceArn'],
  [
    'a tumbling window that bisects',
    'Events',
    { TumblingWindowInSeconds: 5, BisectBatchOnFunctionError: true },
    'tumbling',
  ],
])('%s is refused by its name', (_name, source, properties, word) => {
  expect(() => mappingOf(source, properties)).toThrow(word);
});
