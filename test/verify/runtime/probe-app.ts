import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import {
  Code,
  EventSourceMapping,
  type EventSourceMappingOptions,
  FunctionUrlAuthType,
  InvokeMode,
  Function as Lambda,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { appContext } from '../../../lib/app-context.ts';

/** Names that the suite and the app agree on. */
export const tableName = 'probe-table';
export const bucketName = 'probe-failures';
export const secretName = 'probe-secret';
/** The logical id of the function with an address of its own: its URL here carries it. */
export const addressedId = 'Addressed';

/** What stands in the template but not in the options of a construct: shorter times than AWS takes. */
interface StreamProbe extends Partial<EventSourceMappingOptions> {
  timeoutSeconds?: number;
  file?: string;
  raw?: Record<string, unknown>;
}

const streamProbes: Record<string, StreamProbe> = {
  window: { batchSize: 1000, maxBatchingWindow: Duration.seconds(2) },
  size: { batchSize: 3, maxBatchingWindow: Duration.seconds(60) },
  payload: { batchSize: 1000, maxBatchingWindow: Duration.seconds(2) },
  partial: { batchSize: 10, maxBatchingWindow: Duration.seconds(1), reportBatchItemFailures: true },
  bisect: { batchSize: 8, maxBatchingWindow: Duration.seconds(1), bisectBatchOnError: true, retryAttempts: 1 },
  attempts: { batchSize: 2, maxBatchingWindow: Duration.seconds(1), retryAttempts: 2 },
  age: { batchSize: 2, maxBatchingWindow: Duration.seconds(1), raw: { MaximumRecordAgeInSeconds: 3 } },
  order: { batchSize: 10, parallelizationFactor: 2 },
  split: { batchSize: 5 },
  tumbling: { batchSize: 10, tumblingWindow: Duration.seconds(3) },
  timeout: { batchSize: 5, file: 'stuck', timeoutSeconds: 1 },
  kept: { batchSize: 5 },
};

interface QueueProbe {
  queue?: QueueProps;
  mapping?: Partial<EventSourceMappingOptions>;
  deadLettersAfter?: number;
}

const queueProbes: Record<string, QueueProbe> = {
  visible: { queue: { visibilityTimeout: Duration.seconds(2) } },
  dead: { queue: { visibilityTimeout: Duration.seconds(1) }, deadLettersAfter: 2 },
  some: { queue: { visibilityTimeout: Duration.seconds(1) }, mapping: { reportBatchItemFailures: true } },
  gathered: { mapping: { batchSize: 20, maxBatchingWindow: Duration.seconds(2) } },
  groups: { queue: { fifo: true, contentBasedDeduplication: true }, mapping: { batchSize: 2, maxConcurrency: 2 } },
  busy: { mapping: { batchSize: 1, maxConcurrency: 2 } },
  held: { queue: { visibilityTimeout: Duration.seconds(3) } },
};

const resourceOf = ({ node }: Construct): CfnResource => {
  const { defaultChild } = node;
  if (!defaultChild || !CfnResource.isCfnResource(defaultChild)) throw new Error(`${node.path} makes no resource.`);
  return defaultChild;
};

/** Probes that write a log of their own; functions behind routes share one environment. */
const driven = ['stream', 'stuck', 'table', 'queue', 'schedule'];

/** One function per case, with the resource that drives it. */
class ProbeStack extends Stack {
  #code = Code.fromAsset(join(import.meta.dirname, 'probes'));
  #failures = new Bucket(this, 'Failures', { bucketName });

  build(): void {
    for (const [name, probe] of Object.entries(streamProbes)) this.#streamProbe(name, probe);
    for (const [name, probe] of Object.entries(queueProbes)) this.#queueProbe(name, probe);
    this.#tableProbes();
    this.#routes();
    this.#addressed();
    const clock = this.#probe('clock', 'schedule');
    clock.configureAsyncInvoke({ retryAttempts: 0 });
    new Rule(this, 'Clock', { schedule: Schedule.rate(Duration.minutes(1)), targets: [new LambdaFunction(clock)] });
    new Secret(this, 'Secret', { secretName, generateSecretString: { passwordLength: 32 } });
    new Queue(this, 'IdleQueue', { queueName: 'probe-idle' });
  }

  #probe(name: string, file: string, timeoutSeconds = 30): Lambda {
    return new Lambda(this, `${name}Probe`, {
      code: this.#code,
      handler: `${file}.handler`,
      runtime: Runtime.NODEJS_20_X,
      timeout: Duration.seconds(timeoutSeconds),
      environment: driven.includes(file) ? { PROBE: name } : {},
    });
  }

  #streamProbe(name: string, { file = 'stream', timeoutSeconds, raw = {}, ...options }: StreamProbe): void {
    const stream = new Stream(this, `${name}Stream`, { streamName: `probe-${name}`, shardCount: 1 });
    const mapping = new EventSourceMapping(this, `${name}Mapping`, {
      target: this.#probe(name, file, timeoutSeconds),
      eventSourceArn: stream.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      onFailure: { bind: () => ({ destination: this.#failures.bucketArn }) },
      ...options,
    });
    for (const [property, value] of Object.entries(raw)) resourceOf(mapping).addPropertyOverride(property, value);
  }

  #queueProbe(name: string, { queue = {}, mapping = {}, deadLettersAfter }: QueueProbe): void {
    const ending = queue.fifo ? '.fifo' : '';
    const deadLetters = deadLettersAfter && {
      deadLetterQueue: {
        queue: new Queue(this, `${name}DeadLetters`, { queueName: `probe-${name}-dead` }),
        maxReceiveCount: deadLettersAfter,
      },
    };
    const source = new Queue(this, `${name}Queue`, { queueName: `probe-${name}${ending}`, ...queue, ...deadLetters });
    new EventSourceMapping(this, `${name}QueueMapping`, {
      target: this.#probe(name, 'queue'),
      eventSourceArn: source.queueArn,
      ...mapping,
    });
  }

  #tableProbes(): void {
    const table = new TableV2(this, 'Table', {
      tableName,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'ttl',
    });
    new EventSourceMapping(this, 'TableMapping', {
      target: this.#probe('table', 'table'),
      eventSourceArn: table.tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      reportBatchItemFailures: true,
    });
    new EventSourceMapping(this, 'TableWindowMapping', {
      target: this.#probe('tableWindow', 'table'),
      eventSourceArn: table.tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      tumblingWindow: Duration.seconds(3),
    });
  }

  #routes(): void {
    const api = new HttpApi(this, 'Api');
    const route = (path: string, file: string, authorizer?: HttpLambdaAuthorizer): void => {
      const name = path.replace(/\W/g, '');
      const handler = this.#probe(name, file, file === 'slow' ? 1 : 30);
      const integration = new HttpLambdaIntegration(`${name}Integration`, handler);
      api.addRoutes({ path, methods: [HttpMethod.ANY], integration, authorizer });
    };
    const authorizer = new HttpLambdaAuthorizer('Authorizer', this.#probe('authorizer', 'authorizer'), {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: ['$request.header.Authorization'],
      resultsCacheTtl: Duration.seconds(0),
    });
    route('/echo/{name}', 'echo');
    route('/bytes', 'bytes');
    route('/slow', 'slow');
    route('/guarded', 'echo', authorizer);
  }

  #addressed(): void {
    const streaming = this.#probe('streaming', 'streaming');
    resourceOf(streaming).overrideLogicalId(addressedId);
    streaming.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, invokeMode: InvokeMode.RESPONSE_STREAM });
  }
}

const assemblyOf = (alter: (stack: ProbeStack) => void): string => {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context: appContext(),
    outdir: mkdtempSync(join(tmpdir(), 'cdp-probes-')),
  });
  alter(new ProbeStack(app, 'Probes'));
  return app.synth().directory;
};

/** Synthesises the probe app and answers the directory of its assembly. */
export const synthesiseProbes = (): string => assemblyOf(stack => stack.build());

/** Synthesises an app with little but what `add` adds, for what shall be refused. */
export const synthesiseRefused = (add: (stack: Stack) => void): string => assemblyOf(add);
