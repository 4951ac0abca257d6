import type { Place } from '../assembly/place.ts';
import type { Resource } from '../assembly/stack.ts';
import type { DeclaredResource, System } from '../assembly/system.ts';
import { isMap, listOf, mapOf, numberOf, textOf } from '../assembly/template.ts';
import { LocalError } from '../local-error.ts';
import { type ClockExpression, clockExpression } from './clock-expression.ts';

/** A schedule and one function that it invokes. */
export interface DeclaredSchedule {
  /** Unique in the app, and the same at every start. */
  id: string;
  arn: string;
  clock: ClockExpression;
  timeZone: string;
  function: Resource;
  /** Retries of a failed invocation, after the first attempt. */
  retriesMax: number;
  eventAgeMaxMilliseconds: number;
  /** The event, when the template gives a constant one. */
  input: unknown;
  source: 'aws.events' | 'aws.scheduler';
}

const functionOf = (system: System, declared: DeclaredResource, arn: unknown): Resource => {
  const found = system.referred(declared, arn, 'AWS::Lambda::Function');
  if (!found) throw new LocalError(`${declared.id} has a target that is no function of the app; only those run here.`);
  return found;
};

/** How often Lambda itself tries an asynchronous invocation: `AWS::Lambda::EventInvokeConfig`, else twice more. */
const attemptsOf = (
  system: System,
  target: Resource,
): Pick<DeclaredSchedule, 'retriesMax' | 'eventAgeMaxMilliseconds'> => {
  const config = system
    .ofType('AWS::Lambda::EventInvokeConfig')
    .find(one => system.referred(one, one.declaration.Properties?.FunctionName, target.type)?.id === target.id);
  return {
    retriesMax: numberOf(config?.properties.MaximumRetryAttempts) ?? 2,
    eventAgeMaxMilliseconds: (numberOf(config?.properties.MaximumEventAgeInSeconds) ?? 6 * 3600) * 1000,
  };
};

const inputOf = ({ id }: DeclaredResource, target: Record<string, unknown>): unknown => {
  const unread = ['InputPath', 'InputTransformer'].find(name => target[name] !== undefined);
  if (unread)
    throw new LocalError(`${id} sets ${unread}; a target here takes the event as it is, or a constant Input.`);
  const text = textOf(target.Input);
  return text === undefined ? undefined : JSON.parse(text);
};

const ruleSchedules = (system: System, { region, accountId }: Place): DeclaredSchedule[] =>
  system.ofType('AWS::Events::Rule').flatMap(rule => {
    const { properties, declaration, id, name } = rule;
    if (properties.State === 'DISABLED') return [];
    const expression = textOf(properties.ScheduleExpression);
    if (!expression) throw new LocalError(`${id} waits for events of a bus; only rules with a schedule run here.`);
    return listOf(declaration.Properties?.Targets).map((target, index): DeclaredSchedule => {
      const called = functionOf(system, rule, mapOf(target).Arn);
      return {
        id: `${id}/${index}`,
        arn: `arn:aws:events:${region}:${accountId}:rule/${name}`,
        clock: clockExpression(expression),
        timeZone: 'UTC',
        function: called,
        ...attemptsOf(system, called),
        input: inputOf(rule, mapOf(listOf(properties.Targets)[index])),
        source: 'aws.events',
      };
    });
  });

const schedulerSchedules = (system: System, { region, accountId }: Place): DeclaredSchedule[] =>
  system.ofType('AWS::Scheduler::Schedule').flatMap((schedule): DeclaredSchedule[] => {
    const { properties, declaration, id, name } = schedule;
    if (properties.State === 'DISABLED') return [];
    const target = declaration.Properties?.Target;
    const called = functionOf(system, schedule, isMap(target) ? target.Arn : undefined);
    return [
      {
        id,
        arn: `arn:aws:scheduler:${region}:${accountId}:schedule/default/${name}`,
        clock: clockExpression(textOf(properties.ScheduleExpression) ?? ''),
        timeZone: textOf(properties.ScheduleExpressionTimezone) ?? 'UTC',
        function: called,
        ...attemptsOf(system, called),
        input: inputOf(schedule, mapOf(properties.Target)),
        source: 'aws.scheduler',
      },
    ];
  });

/** Every schedule of the app that is on. Throws a `LocalError` for one that cannot run here. */
export const readSchedules = (system: System, place: Place): DeclaredSchedule[] => [
  ...ruleSchedules(system, place),
  ...schedulerSchedules(system, place),
];
