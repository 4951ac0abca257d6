import { setMaxListeners } from 'node:events';
import type { DeclaredResource, System } from '../assembly/system.ts';
import { booleanOf } from '../assembly/template.ts';
import type { Bells } from '../engines/bell.ts';
import type { Clients } from '../engines/clients.ts';
import type { Log } from '../log.ts';
import { FunctionLanes } from '../worker/function-lanes.ts';
import type { FunctionPool } from '../worker/function-pool.ts';
import { runQueueMapping } from './queues/queue-mapping.ts';
import { type Mapping, type QueueMapping, readMapping, type StreamMapping } from './read-mapping.ts';
import { Checkpoints } from './streams/checkpoints.ts';
import { type GivenUp, keepGivenUp } from './streams/failure-destination.ts';
import { kinesisSource } from './streams/kinesis-source.ts';
import { sharedPages } from './streams/shared-pages.ts';
import { runStreamMapping } from './streams/stream-mapping.ts';
import type { StreamSource } from './streams/stream-source.ts';
import { tableSource } from './streams/table-source.ts';

/** What the mappings work with. */
export interface MappingsOptions {
  system: System;
  clients: Clients;
  pool: FunctionPool;
  bells: Bells;
  stateDirectory: string;
  log: Log;
}

type Run = (signal: AbortSignal) => Promise<void>;

/** How long a stop waits for what is in work; what is cut off then comes again at the next start. */
const graceMilliseconds = 2000;

const arnOf = (system: System, { logicalId, ...resource }: DeclaredResource, attribute: string): string =>
  String(system.resolve({ logicalId, ...resource }, { 'Fn::GetAtt': [logicalId, attribute] }));

const regionOf = (arn: string): string => arn.split(':')[3] ?? '';

const lanesOf = ({ pool }: MappingsOptions, mapping: Mapping): FunctionLanes =>
  new FunctionLanes(mapping.function.logicalId, index => pool.threaded(mapping.function, `${mapping.uuid} ${index}`));

const openSource = async (
  { system, clients, bells }: MappingsOptions,
  { source }: StreamMapping,
): Promise<StreamSource> => {
  if (source.type === 'AWS::Kinesis::Stream') {
    const arn = arnOf(system, source, 'Arn');
    const bell = bells.of('kinesis');
    return kinesisSource({ client: clients.kinesis, streamName: source.name, arn, region: regionOf(arn), bell });
  }
  const arn = arnOf(system, source, 'StreamArn');
  const { dynamodb, streams: client } = clients;
  return tableSource({ dynamodb, client, tableName: source.name, arn, region: regionOf(arn), bell: bells.of('table') });
};

/** A stream that several mappings follow is opened and read once for all of them. */
const openSources = (options: MappingsOptions, mappings: readonly Mapping[]) => {
  const opened = new Map<string, Promise<StreamSource>>();
  const open = async (mapping: StreamMapping): Promise<StreamSource> => {
    const readers = mappings.filter(({ kind, source }) => kind === 'stream' && source.name === mapping.source.name);
    const source = await openSource(options, mapping);
    return readers.length === 1 ? source : sharedPages(source, readers.length);
  };
  return (mapping: StreamMapping): Promise<StreamSource> => {
    const source = opened.get(mapping.source.name) ?? open(mapping);
    opened.set(mapping.source.name, source);
    return source;
  };
};

/** Writes what was given up to the mapping's bucket; without one only the log tells of it, as in the cloud. */
const keeping =
  ({ clients, log }: MappingsOptions, { id, uuid, failureBucket }: StreamMapping) =>
  async (given: GivenUp): Promise<void> => {
    const place = failureBucket ? `kept in ${failureBucket}` : 'kept nowhere';
    log(`${id}: gave up ${given.piece.records.length} records (${given.condition}), ${place}`);
    if (failureBucket) await keepGivenUp(clients.objects, failureBucket, uuid, given);
  };

const streamRun = async (
  options: MappingsOptions,
  mapping: StreamMapping,
  source: Promise<StreamSource>,
): Promise<Run> => {
  const checkpoints = new Checkpoints(options.stateDirectory, mapping.uuid);
  const functionArn = options.pool.declared(mapping.function).arn;
  const invoked = lanesOf(options, mapping);
  const keepGivenUp = keeping(options, mapping);
  const { log } = options;
  const run = { mapping, source: await source, checkpoints, invoked, functionArn, keepGivenUp, log };
  return signal => runStreamMapping(run, signal);
};

const queueRun = (options: MappingsOptions, mapping: QueueMapping): Run => {
  const { system, clients, bells, log } = options;
  const queueArn = arnOf(system, mapping.source, 'Arn');
  const queue = {
    client: clients.queues,
    queueUrl: arnOf(system, mapping.source, 'QueueUrl'),
    queueArn,
    region: regionOf(queueArn),
    bell: bells.of(`queue:${mapping.source.name}`),
  };
  return signal => runQueueMapping({ mapping, invoked: lanesOf(options, mapping), log, ...queue }, signal);
};

const enabled = ({ properties }: DeclaredResource): boolean =>
  properties.Enabled === undefined || booleanOf(properties.Enabled);

/**
 * Starts every event-source mapping of the app: streams of Kinesis, streams of tables, queues. Rejects with a
 * `LocalError` for a mapping that cannot run here and for a damaged checkpoint. Answers how to stop them.
 */
export const startMappings = async (options: MappingsOptions): Promise<() => Promise<void>> => {
  const declared = options.system.ofType('AWS::Lambda::EventSourceMapping').filter(enabled);
  const mappings = declared.map(one => readMapping(options.system, one));
  const sourceOf = openSources(options, mappings);
  const runs = await Promise.all(
    mappings.map(mapping =>
      mapping.kind === 'queue' ? queueRun(options, mapping) : streamRun(options, mapping, sourceOf(mapping)),
    ),
  );
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  const ended = Promise.all(runs.map(run => run(abort.signal)));
  return async () => {
    abort.abort();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>(resolve => {
      timer = setTimeout(resolve, graceMilliseconds);
    });
    await Promise.race([ended, late]);
    clearTimeout(timer);
  };
};
