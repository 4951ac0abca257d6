import { describe, expect, test } from 'vitest';
import { workerFile } from '../../../core/contract/handler-file.ts';
import { messages } from '../../../core/contract/messages.ts';
import { schedules, streamConsumers } from '../../../core/contract/workers.ts';
import { type Wiring, workerWiring } from '../../../lib/wiring.ts';
import { actionsOf, functionOf, ownFunctions, rightsOf } from '../rights.ts';
import { type Placed, synthesisePlatform } from '../synthesised-platform.ts';

const platform = synthesisePlatform({ EVENT_FLUSH_SECONDS: '7' });
const queues = platform.all('AWS::SQS::Queue');
const sources = queues.filter(({ Properties }) => Properties.RedrivePolicy !== undefined);
const mappings = platform.all('AWS::Lambda::EventSourceMapping');
const alarms = platform.all('AWS::CloudWatch::Alarm');

/** The resource of the parent stack that a parameter of a nested stack stands for. */
const behind = (parameter: unknown): string => {
  const { Ref } = parameter as { Ref: string };
  const parameters = platform
    .all('AWS::CloudFormation::Stack')
    .map(({ Properties }) => Properties.Parameters as Record<string, { 'Fn::GetAtt'?: [string, string] }>);
  const [id] = parameters.flatMap(given => given[Ref]?.['Fn::GetAtt']?.[0] ?? []);
  if (id === undefined) throw new Error(`${Ref} stands for no resource.`);
  return id;
};

const mappingOf = (handler: Placed): Record<string, unknown> => {
  const found = mappings.find(
    ({ stack, Properties }) =>
      stack === handler.stack && (Properties.FunctionName as { Ref: string }).Ref === handler.id,
  );
  if (!found) throw new Error(`${handler.id} is driven by nothing.`);
  return found.Properties;
};

const deadLettersOf = ({ Properties }: Placed): Placed => {
  const { deadLetterTargetArn } = Properties.RedrivePolicy as { deadLetterTargetArn: { 'Fn::GetAtt': [string] } };
  const found = queues.find(({ id }) => id === deadLetterTargetArn['Fn::GetAtt'][0]);
  if (!found) throw new Error('The dead letter queue is not in the stack.');
  return found;
};

test('there is one queue for each message', () => {
  expect(sources).toHaveLength(messages.length);
  expect(queues).toHaveLength(2 * messages.length);
});

test('every queue gives up after five attempts into dead letters of 14 days, which redrive to it alone', () => {
  for (const queue of sources) {
    expect(queue.Properties).toMatchObject({ RedrivePolicy: { maxReceiveCount: 5 }, SqsManagedSseEnabled: true });
    const { Properties } = deadLettersOf(queue);
    expect(Properties).toMatchObject({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
      RedriveAllowPolicy: { redrivePermission: 'byQueue' },
    });
    const allowed = (Properties.RedriveAllowPolicy as { sourceQueueArns: unknown[] }).sourceQueueArns;
    expect(JSON.stringify(allowed)).toContain(String(queue.Properties.QueueName));
  }
});

test('every dead letter queue and every stream consumer has exactly one alarm', () => {
  for (const queue of sources) {
    const name = `"${deadLettersOf(queue).id}"`;
    expect(alarms.filter(({ Properties }) => JSON.stringify(Properties).includes(name))).toHaveLength(1);
  }
  expect(alarms).toHaveLength(sources.length + streamConsumers.length);
});

describe.each(messages.map(message => [message.id, message] as const))('the queue of %s', (_id, message) => {
  const handler = functionOf(platform, workerFile('queues', message.id));
  const mapping = mappingOf(handler);

  test('hides a message for at least six timeouts of its consumer', () => {
    const queue = sources.find(({ id }) => id === behind(mapping.EventSourceArn));
    expect(handler.Properties.Timeout).toBe(message.timeoutSeconds);
    expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * message.timeoutSeconds);
  });

  test('learns which messages failed, in batches of the contract, with bounded concurrency', () => {
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: message.batchSize,
      MaximumBatchingWindowInSeconds: message.windowSeconds,
      ScalingConfig: { MaximumConcurrency: message.concurrencyMax },
    });
  });
});

describe.each(streamConsumers.map(consumer => [consumer.id, consumer] as const))(
  'the stream consumer %s',
  (_id, consumer) => {
    const handler = functionOf(platform, workerFile('streams', consumer.id));
    const mapping = mappingOf(handler);

    test('may write what failed into the bucket, and nowhere else in S3 but in the lake where its wiring says so', () => {
      const [role] = (handler.Properties.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
      const held = platform.all('AWS::IAM::Role').find(({ stack, id }) => stack === handler.stack && id === role);
      expect(JSON.stringify(held?.Properties.ManagedPolicyArns)).toContain('KeepFailedRecords');
      const policies = JSON.stringify(held?.Properties.ManagedPolicyArns);
      const wiring: Wiring = workerWiring[consumer.id];
      expect(policies.includes('LakePolicies')).toBe(wiring.lake !== undefined);
      const inStorage = rightsOf(platform, handler).filter(({ actions }) => actions.some(one => one.startsWith('s3:')));
      expect(inStorage).toEqual([]);
    });

    test('retries within limits and keeps what failed in the bucket', () => {
      expect(mapping).toMatchObject({
        BatchSize: consumer.batchSize,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 10,
        MaximumRecordAgeInSeconds: consumer.source === 'events' ? 6 * 86_400 : 23 * 3600,
        StartingPosition: 'TRIM_HORIZON',
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
    });

    test('waits for its window: the deployment’s where the contract says so', () => {
      const expected = typeof consumer.windowSeconds === 'number' ? consumer.windowSeconds : 7;
      expect(mapping.MaximumBatchingWindowInSeconds).toBe(expected);
    });

    test('splits a failing batch and runs in parallel unless it keeps state in a tumbling window', () => {
      if ('tumblingWindowSeconds' in consumer) {
        expect(mapping.TumblingWindowInSeconds).toBe(consumer.tumblingWindowSeconds);
        expect(mapping).not.toHaveProperty('BisectBatchOnFunctionError');
        expect(mapping).not.toHaveProperty('ParallelizationFactor');
      } else {
        expect(mapping).toMatchObject({
          BisectBatchOnFunctionError: true,
          ParallelizationFactor: consumer.parallelization,
        });
      }
    });
  },
);

test.each(schedules.map(schedule => [schedule.id, schedule] as const))('%s runs by the clock, once', (id, schedule) => {
  const rules = platform
    .all('AWS::Events::Rule')
    .filter(({ Properties }) => Properties.Description === schedule.summary);
  expect(rules).toHaveLength(1);
  const { rateMinutes } = schedule;
  const named: Readonly<Record<number, string>> = { 1: 'rate(1 minute)', 60: 'rate(1 hour)', 1440: 'rate(1 day)' };
  const rate = named[rateMinutes] ?? `rate(${rateMinutes} minutes)`;
  expect(rules[0]?.Properties).toMatchObject({ ScheduleExpression: rate, State: 'ENABLED' });
  expect(functionOf(platform, workerFile('jobs', id)).Properties.Timeout).toBe(schedule.timeoutSeconds);
});

test('no function of ours may do everything, or anything to everything, but send traces', () => {
  const statements = ownFunctions(platform).flatMap(handler => rightsOf(platform, handler));
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.flatMap(({ actions }) => actions).filter(action => action.includes('*'))).toEqual([]);
  const everywhere = statements.filter(({ resources }) => resources.includes('*'));
  const traces = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
  for (const { actions } of everywhere) expect([...actions].sort()).toEqual(traces);
});

test('no function of ours has a policy of AWS’s, and each has a role of its own', () => {
  const own = ownFunctions(platform);
  const roles = own.map(({ stack, Properties }) => `${stack} ${JSON.stringify(Properties.Role)}`);
  expect(new Set(roles).size).toBe(own.length);
  const managed = platform
    .all('AWS::IAM::Role')
    .filter(({ id }) => !id.startsWith('Custom'))
    .map(({ Properties }) => JSON.stringify(Properties.ManagedPolicyArns ?? []));
  expect(managed.filter(policies => policies.includes(':aws:policy/'))).toEqual([]);
});

test('a queue’s consumer sends only to the queues of its wiring', () => {
  expect(actionsOf(platform, 'queues/reevaluate-profile')).not.toContain('sqs:SendMessage');
  const sends = rightsOf(platform, functionOf(platform, 'queues/sweep-profile')).filter(({ actions }) =>
    actions.includes('sqs:SendMessage'),
  );
  expect(sends.flatMap(({ resources }) => resources)).toHaveLength(1);
  expect(JSON.stringify(sends)).toContain('SyncAudienceMember');
});
