import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import {
  Code,
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  Function as Lambda,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { synthesiseRefused } from './probe-app.ts';
import { holds, type ProbeCase } from './probe-case.ts';
import { freshDirectory, type ProbeRuntimeOptions, startProbes } from './probe-runtime.ts';

/** Starts what must not start; throws unless it is refused in words for the reader that hold all of these. */
const refused = async (options: ProbeRuntimeOptions, ...words: string[]): Promise<void> => {
  const outcome = await startProbes(options).then(
    async started => {
      await started.kill();
      return 'it started';
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const clear = outcome.startsWith('LocalError: ') && !outcome.includes('\n');
  holds(`a message with ${words.join(', ')}`, clear && words.every(word => outcome.includes(word)), outcome);
};

const ofType = (type: string) => (stack: Stack) => {
  new CfnResource(stack, 'Strange', { type });
};

const unknownType: ProbeCase = {
  name: 'start: a resource type that is not known is refused',
  run: () =>
    refused(
      { assemblyDirectory: synthesiseRefused(ofType('AWS::Neptune::DBCluster')) },
      'Strange',
      'AWS::Neptune::DBCluster',
      'resource-types.ts',
    ),
};

const refusedType: ProbeCase = {
  name: 'start: a resource type that cannot run here is refused with the reason',
  run: () =>
    refused(
      { assemblyDirectory: synthesiseRefused(ofType('AWS::RDS::DBInstance')) },
      'Strange',
      'AWS::RDS::DBInstance',
      'DynamoDB',
    ),
};

const withFilter = (stack: Stack): void => {
  const target = new Lambda(stack, 'Filtered', {
    code: Code.fromAsset(join(import.meta.dirname, 'probes')),
    handler: 'queue.handler',
    runtime: Runtime.NODEJS_20_X,
  });
  new EventSourceMapping(stack, 'FilteredMapping', {
    target,
    eventSourceArn: new Queue(stack, 'FilteredQueue').queueArn,
    filters: [FilterCriteria.filter({ body: { kind: FilterRule.isEqual('a') } })],
  });
};

const filter: ProbeCase = {
  name: 'start: a mapping with filter criteria is refused',
  run: () => refused({ assemblyDirectory: synthesiseRefused(withFilter) }, 'FilteredMapping', 'FilterCriteria'),
};

const portInUse: ProbeCase = {
  name: 'start: a port in use is told',
  run: async ({ assemblyDirectory }) => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await refused({ assemblyDirectory, port }, `Port ${port} is in use`, 'PORT');
    server.close();
  },
};

/** A machine for which there is no package, and no program on its path. */
const bareMachine = {
  NODE_OPTIONS: `--import ${new URL('./without-engine.mjs', import.meta.url).href}`,
  PATH: '/nowhere',
};

const missingEngine: ProbeCase = {
  name: 'start: a missing DynamoDB engine is told, with the choices',
  run: ({ assemblyDirectory }) =>
    refused({ assemblyDirectory, environment: bareMachine }, 'No DynamoDB engine', '@dynoxide/', 'DYNAMODB_ENDPOINT'),
};

/** A state directory with one damaged file. */
const damaged = (file: string, content: string): string => {
  const directory = freshDirectory();
  mkdirSync(join(directory, file, '..'), { recursive: true });
  writeFileSync(join(directory, file), content);
  return directory;
};

const corruptState: ProbeCase = {
  name: 'start: a corrupt state is told, with the file',
  run: async ({ assemblyDirectory, runtime }) => {
    const mapping = runtime.checkpointDirectories()[0] ?? '';
    const files: [string, string][] = [
      ['table/table.sqlite', 'this is no database'],
      ['queues/messages.jsonl', '{"kind":"acc\n{"kind":"deleted","messageId":"m"}\n'],
      [`checkpoints/${mapping}/shardId-000000000000.json`, '{"lanes":['],
      ['secrets', 'not sealed by anything'],
      ['ports.json', '{'],
    ];
    for (const [file, content] of files)
      await refused(
        { assemblyDirectory, stateDirectory: damaged(file, content) },
        file.split('/').at(-1) ?? '',
        'state directory',
      );
  },
};

const stateInUse: ProbeCase = {
  name: 'start: a state directory that another runtime uses is told',
  run: ({ assemblyDirectory, runtime: { stateDirectory, processId } }) =>
    refused({ assemblyDirectory, stateDirectory }, stateDirectory, String(processId)),
};

/** What is refused at start, each in words. */
export const refusalCases: ProbeCase[] = [
  unknownType,
  refusedType,
  filter,
  portInUse,
  missingEngine,
  corruptState,
  stateInUse,
];
