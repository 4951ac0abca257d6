import { createHash } from 'node:crypto';
import type { Resource } from '../assembly/stack.ts';
import type { DeclaredResource, System } from '../assembly/system.ts';
import { booleanOf, listOf, mapOf, numberOf, textOf } from '../assembly/template.ts';
import { LocalError } from '../local-error.ts';

interface CommonMapping {
  /** Stable: made of the mapping's place in the app. Looks like the UUID which Lambda gives a mapping. */
  uuid: string;
  /** The mapping's id in the app, for messages. */
  id: string;
  /** Queue, stream or table. */
  source: DeclaredResource;
  function: Resource;
  batchSize: number;
  windowMilliseconds: number;
  reportsItemFailures: boolean;
}

/** Where reading starts when there is no checkpoint: at the oldest record, or at the first one after a time. */
export type StartingPosition = { kind: 'oldest' } | { kind: 'latest' } | { kind: 'at'; at: number };

/** A mapping of a Kinesis stream or of a table's stream. */
export interface StreamMapping extends CommonMapping {
  kind: 'stream';
  startingPosition: StartingPosition;
  bisects: boolean;
  /** Retries after the first attempt; infinite when the template gives none. */
  retriesMax: number;
  recordAgeMaxMilliseconds: number;
  parallelization: number;
  tumblingMilliseconds: number | undefined;
  /** The bucket that keeps what failed for good. */
  failureBucket: string | undefined;
}

/** A mapping of an SQS queue. */
export interface QueueMapping extends CommonMapping {
  kind: 'queue';
  concurrencyMax: number;
}

export type Mapping = StreamMapping | QueueMapping;

const commonProperties = [
  'BatchSize',
  'Enabled',
  'EventSourceArn',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'MetricsConfig',
  'Tags',
];
const queueProperties = [...commonProperties, 'ScalingConfig'];
const streamProperties = [
  ...commonProperties,
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'StartingPosition',
  'StartingPositionTimestamp',
  'TumblingWindowInSeconds',
];

/** A property that is read past would make a mapping that behaves otherwise than in the cloud. */
const refuseOthers = ({ id, properties }: DeclaredResource, known: readonly string[]): void => {
  const unknown = Object.keys(properties).find(name => !known.includes(name));
  if (unknown)
    throw new LocalError(`${id} sets ${unknown}, which event source mappings of this kind do not have here.`);
};

const uuidOf = (id: string): string =>
  createHash('sha256')
    .update(id)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The setting where it limits something; in the template -1 means no limit. */
const limit = (value: unknown): number => {
  const number = numberOf(value) ?? -1;
  return number < 0 ? Number.POSITIVE_INFINITY : number;
};

const referred = (system: System, declared: DeclaredResource, property: string, ...types: string[]): Resource => {
  const found = system.referred(declared, declared.declaration.Properties?.[property], ...types);
  if (!found) throw new LocalError(`${property} of ${declared.id} is none of the app's ${types.join(', ')}.`);
  return found;
};

const startingPositionOf = ({ id, properties }: DeclaredResource): StartingPosition => {
  const { StartingPosition: given, StartingPositionTimestamp: seconds } = properties;
  if (given === 'TRIM_HORIZON') return { kind: 'oldest' };
  if (given === 'LATEST') return { kind: 'latest' };
  if (given === 'AT_TIMESTAMP') return { kind: 'at', at: (numberOf(seconds) ?? 0) * 1000 };
  throw new LocalError(`StartingPosition of ${id} is ${String(given)}; a stream is read from TRIM_HORIZON or LATEST.`);
};

const failureBucketOf = (system: System, declared: DeclaredResource): string | undefined => {
  const destination = mapOf(mapOf(declared.declaration.Properties?.DestinationConfig).OnFailure).Destination;
  if (destination === undefined) return undefined;
  const bucket = system.referred(declared, destination, 'AWS::S3::Bucket');
  if (!bucket) throw new LocalError(`The failure destination of ${declared.id} is no bucket of the app.`);
  return system.declared(bucket).name;
};

const refuseTumblingWith = (mapping: StreamMapping): void => {
  if (mapping.tumblingMilliseconds !== undefined && (mapping.bisects || mapping.parallelization > 1))
    throw new LocalError(`${mapping.id} has a tumbling window: Lambda then neither bisects nor works in parallel.`);
};

const streamMapping = (system: System, declared: DeclaredResource, common: CommonMapping): StreamMapping => {
  refuseOthers(declared, streamProperties);
  const { properties } = declared;
  const tumblingSeconds = numberOf(properties.TumblingWindowInSeconds) ?? 0;
  const mapping: StreamMapping = {
    ...common,
    kind: 'stream',
    batchSize: numberOf(properties.BatchSize) ?? 100,
    startingPosition: startingPositionOf(declared),
    bisects: booleanOf(properties.BisectBatchOnFunctionError),
    retriesMax: limit(properties.MaximumRetryAttempts),
    recordAgeMaxMilliseconds: limit(properties.MaximumRecordAgeInSeconds) * 1000,
    parallelization: numberOf(properties.ParallelizationFactor) ?? 1,
    tumblingMilliseconds: tumblingSeconds > 0 ? tumblingSeconds * 1000 : undefined,
    failureBucket: failureBucketOf(system, declared),
  };
  refuseTumblingWith(mapping);
  return mapping;
};

/** Without a setting Lambda begins with five batches of a queue at once. */
const queueConcurrency = 5;

const queueMapping = (declared: DeclaredResource, common: CommonMapping): QueueMapping => {
  refuseOthers(declared, queueProperties);
  const concurrencyMax = numberOf(mapOf(declared.properties.ScalingConfig).MaximumConcurrency) ?? queueConcurrency;
  return { ...common, kind: 'queue', concurrencyMax };
};

const sourceTypes = ['AWS::SQS::Queue', 'AWS::Kinesis::Stream', 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];

/** Reads an `AWS::Lambda::EventSourceMapping`; throws a `LocalError` for a setting that would not be kept here. */
export const readMapping = (system: System, declared: DeclaredResource): Mapping => {
  const { id, properties } = declared;
  const source = referred(system, declared, 'EventSourceArn', ...sourceTypes);
  const common: CommonMapping = {
    id,
    uuid: uuidOf(id),
    source: system.declared(source),
    function: referred(system, declared, 'FunctionName', 'AWS::Lambda::Function'),
    batchSize: numberOf(properties.BatchSize) ?? 10,
    windowMilliseconds: (numberOf(properties.MaximumBatchingWindowInSeconds) ?? 0) * 1000,
    reportsItemFailures: listOf(properties.FunctionResponseTypes).map(textOf).includes('ReportBatchItemFailures'),
  };
  return source.type === 'AWS::SQS::Queue' ? queueMapping(declared, common) : streamMapping(system, declared, common);
};
