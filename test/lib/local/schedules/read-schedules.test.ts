import { expect, test } from 'vitest';
import type { TemplateResource } from '../../../../lib/local/assembly/template.ts';
import { readSchedules } from '../../../../lib/local/schedules/read-schedules.ts';
import { scheduledEvent } from '../../../../lib/local/schedules/scheduled-event.ts';
import { place, systemOf } from '../system-of.ts';

const worker: TemplateResource = { Type: 'AWS::Lambda::Function' };
const arn = { 'Fn::GetAtt': ['Worker', 'Arn'] };

const rule = (properties: Record<string, unknown>): TemplateResource => ({
  Type: 'AWS::Events::Rule',
  Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Id: 'Target0', Arn: arn }], ...properties },
});

const schedulesOf = (resources: Record<string, TemplateResource>) =>
  readSchedules(systemOf({ Worker: worker, ...resources }), place);

test('a rule with a schedule calls its function, with the attempts of the function', () => {
  const config: TemplateResource = {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: { Ref: 'Worker' },
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      Qualifier: '$LATEST',
    },
  };
  const [schedule] = schedulesOf({ Tick: rule({}), Config: config });
  expect(schedule).toMatchObject({
    clock: { kind: 'rate', milliseconds: 60_000 },
    timeZone: 'UTC',
    retriesMax: 0,
    eventAgeMaxMilliseconds: 60_000,
    source: 'aws.events',
  });
  expect(schedule?.function.logicalId).toBe('Worker');
});

test('without a configuration Lambda tries twice more', () => {
  expect(schedulesOf({ Tick: rule({}) })[0]?.retriesMax).toBe(2);
});

test('a schedule of the scheduler knows its time zone and its input', () => {
  const [schedule] = schedulesOf({
    Nightly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        Target: { Arn: arn, Input: '{"full":true}' },
      },
    },
  });
  expect(schedule).toMatchObject({ timeZone: 'Europe/Berlin', source: 'aws.scheduler' });
  expect(schedule && scheduledEvent(schedule, place, 0)).toEqual({ full: true });
});

test('the event is that of EventBridge', () => {
  const [schedule] = schedulesOf({ Tick: rule({}) });
  expect(schedule && scheduledEvent(schedule, place, Date.parse('2026-01-31T10:20:30.400Z'))).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: '2026-01-31T10:20:30Z',
    region: 'eu-test-1',
    resources: [expect.stringMatching(/^arn:aws:events:eu-test-1:000000000000:rule\/Tick-/)],
    detail: {},
  });
});

test('what is switched off does not run', () => {
  expect(schedulesOf({ Tick: rule({ State: 'DISABLED' }) })).toEqual([]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['a rule for events of a bus', { ScheduleExpression: undefined, EventPattern: {} }, 'bus'],
  ['a target that is no function', { Targets: [{ Arn: 'arn:aws:sns:x' }] }, 'no function'],
  ['a transformed input', { Targets: [{ Arn: arn, InputTransformer: {} }] }, 'InputTransformer'],
])('%s is refused', (_name, properties, word) => {
  expect(() => schedulesOf({ Tick: rule(properties) })).toThrow(word);
});
