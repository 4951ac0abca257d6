import { LocalError } from '../local-error.ts';
import { generatedName, namingProperty } from './physical-name.ts';
import type { Place } from './place.ts';
import { attributeOf } from './resource-attributes.ts';
import { type Resource, resourceIn, type Stack } from './stack.ts';
import { type Expression, isMap, listOf, mapOf, textOf } from './template.ts';

/** Everything an expression may refer to. */
export interface Resolver {
  stacks: readonly Stack[];
  place: Place;
  /** Called with each resource whose `Ref` or attribute is read: tells what an expression points at. */
  onResource?: (resource: Resource) => void;
  /** The text of a `{{resolve:secretsmanager:…}}` reference. */
  secret?: (id: string, jsonKey: string) => string;
}

type Intrinsic = (argument: Expression, stack: Stack, resolver: Resolver) => unknown;

/** Stands for a property which CloudFormation would leave out (`AWS::NoValue`). */
const noValue = Symbol('AWS::NoValue');

const pseudoParameters = (stack: Stack, { place }: Resolver): Record<string, unknown> => ({
  'AWS::AccountId': place.accountId,
  'AWS::NoValue': noValue,
  'AWS::NotificationARNs': [],
  'AWS::Partition': 'aws',
  'AWS::Region': place.region,
  'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.accountId}:stack/${stack.path}`,
  'AWS::StackName': stack.path.replaceAll('/', '-'),
  'AWS::URLSuffix': 'amazonaws.com',
});

const unresolved = (stack: Stack, what: string): never => {
  throw new LocalError(`${stack.path} refers to ${what}, which the synthesised app does not declare.`);
};

/** The name a resource goes by in its engine: the one its template gives it, else a generated one. */
export const physicalName = (resource: Resource, resolver: Resolver): string => {
  const given = resource.declaration.Properties?.[namingProperty(resource.type)];
  return resolvedText(given, resource.stack, { ...resolver, onResource: undefined }) ?? generatedName(resource);
};

const reference = (name: string, stack: Stack, resolver: Resolver): unknown => {
  const pseudo = pseudoParameters(stack, resolver);
  if (Object.hasOwn(pseudo, name)) return pseudo[name];
  if (stack.parent && Object.hasOwn(stack.parameters, name))
    return resolveExpression(stack.parameters[name], stack.parent, resolver);
  const parameter = stack.template.Parameters?.[name];
  if (parameter) return parameter.Default ?? '';
  const resource = resourceIn(stack, name);
  if (!resource) return unresolved(stack, name);
  resolver.onResource?.(resource);
  return attributeOf(resource, physicalName(resource, resolver), 'Ref', resolver.place);
};

const attribute = (logicalId: string, name: string, stack: Stack, resolver: Resolver): unknown => {
  const nested = stack.nested.get(logicalId);
  if (nested && name.startsWith('Outputs.')) {
    const output = nested.template.Outputs?.[name.slice('Outputs.'.length)];
    return output
      ? resolveExpression(output.Value, nested, resolver)
      : unresolved(stack, `the output ${name} of ${logicalId}`);
  }
  const resource = resourceIn(stack, logicalId);
  if (!resource) return unresolved(stack, `${logicalId}.${name}`);
  resolver.onResource?.(resource);
  return attributeOf(resource, physicalName(resource, resolver), name, resolver.place);
};

const importedValue = (name: unknown, stack: Stack, resolver: Resolver): unknown => {
  for (const other of resolver.stacks)
    for (const output of Object.values(other.template.Outputs ?? {}))
      if (
        output.Export &&
        resolveExpression(output.Export.Name, other, { ...resolver, onResource: undefined }) === name
      )
        return resolveExpression(output.Value, other, resolver);
  return unresolved(stack, `the export ${String(name)}`);
};

const substitute: Intrinsic = (argument, stack, resolver) => {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_all, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const given = mapOf(variables);
    if (Object.hasOwn(given, name)) return String(resolveExpression(given[name], stack, resolver));
    const [logicalId = '', ...attributeName] = name.split('.');
    return String(
      attributeName.length > 0
        ? attribute(logicalId, attributeName.join('.'), stack, resolver)
        : reference(name, stack, resolver),
    );
  });
};

const holds = (name: unknown, stack: Stack, resolver: Resolver): boolean =>
  resolveExpression(stack.template.Conditions?.[String(name)], stack, resolver) === true;

/** Whether the condition on a resource holds; a resource without one always exists. */
export const exists = (resource: Resource, resolver: Resolver): boolean =>
  resource.declaration.Condition === undefined || holds(resource.declaration.Condition, resource.stack, resolver);

const all = (argument: Expression, stack: Stack, resolver: Resolver): unknown[] =>
  listOf(resolveExpression(argument, stack, resolver));

/** One line per intrinsic function of CloudFormation which CDK writes. */
const intrinsics: Record<string, Intrinsic> = {
  Ref: (argument, stack, resolver) => reference(String(argument), stack, resolver),
  Condition: (argument, stack, resolver) => holds(argument, stack, resolver),
  'Fn::GetAtt': (argument, stack, resolver) => {
    const [logicalId, ...name] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return attribute(logicalId ?? '', name.join('.'), stack, resolver);
  },
  'Fn::Join': (argument, stack, resolver) => {
    const [separator, parts] = listOf(argument);
    return all(parts, stack, resolver).map(String).join(String(separator));
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, stack, resolver) => {
    const [index, list] = listOf(argument);
    return all(list, stack, resolver)[Number(resolveExpression(index, stack, resolver))];
  },
  'Fn::Split': (argument, stack, resolver) => {
    const [separator, text] = listOf(argument);
    return String(resolveExpression(text, stack, resolver)).split(String(separator));
  },
  'Fn::ImportValue': (argument, stack, resolver) =>
    importedValue(resolveExpression(argument, stack, resolver), stack, resolver),
  'Fn::If': (argument, stack, resolver) => {
    const [condition, yes, no] = listOf(argument);
    return resolveExpression(holds(condition, stack, resolver) ? yes : no, stack, resolver);
  },
  'Fn::Equals': (argument, stack, resolver) => {
    const [left, right] = all(argument, stack, resolver);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::Not': (argument, stack, resolver) => all(argument, stack, resolver)[0] !== true,
  'Fn::And': (argument, stack, resolver) => all(argument, stack, resolver).every(value => value === true),
  'Fn::Or': (argument, stack, resolver) => all(argument, stack, resolver).includes(true),
  'Fn::Base64': (argument, stack, resolver) =>
    Buffer.from(String(resolveExpression(argument, stack, resolver))).toString('base64'),
  'Fn::GetAZs': (_argument, _stack, { place }) => ['a', 'b', 'c'].map(zone => place.region + zone),
  'Fn::FindInMap': (argument, stack, resolver) => {
    const [map, first, second] = all(argument, stack, resolver).map(String);
    return stack.template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
  },
};

/** `{{resolve:secretsmanager:<id>:SecretString:<key>::}}`; an ARN holds six colons of its own. */
const secretReference =
  /\{\{resolve:secretsmanager:((?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:)?[^:}]+)(?::SecretString)?:?([^:}]*)[^}]*\}\}/g;

const withSecrets = (text: string, { secret }: Resolver): string =>
  secret && text.includes('{{resolve:secretsmanager:')
    ? text.replace(secretReference, (_all, id: string, key: string) => secret(id, key))
    : text;

/**
 * The value of an expression in the eyes of its stack: references, parameters of nested stacks, outputs, imports and
 * conditions are replaced. Throws a `LocalError` for an intrinsic function or a name which is not known.
 */
export const resolveExpression = (expression: Expression, stack: Stack, resolver: Resolver): unknown => {
  if (typeof expression === 'string') return withSecrets(expression, resolver);
  if (Array.isArray(expression))
    return expression.map(item => resolveExpression(item, stack, resolver)).filter(item => item !== noValue);
  if (!isMap(expression)) return expression;
  const [name = '', ...others] = Object.keys(expression);
  const intrinsic = others.length === 0 ? intrinsics[name] : undefined;
  if (intrinsic) {
    const value = intrinsic(expression[name], stack, resolver);
    return typeof value === 'string' ? withSecrets(value, resolver) : value;
  }
  if (others.length === 0 && name.startsWith('Fn::'))
    throw new LocalError(`${stack.path} uses ${name}, which the local runtime does not resolve yet.`);
  return Object.fromEntries(
    Object.entries(expression)
      .map(([key, value]) => [key, resolveExpression(value, stack, resolver)] as const)
      .filter(([, value]) => value !== noValue),
  );
};

/** The resources which an expression points at, through parameters and outputs of nested stacks. */
export const referredResources = (expression: Expression, stack: Stack, resolver: Resolver): Resource[] => {
  const found: Resource[] = [];
  resolveExpression(expression, stack, { ...resolver, secret: undefined, onResource: item => found.push(item) });
  return found;
};

/** The value as text; undefined when it is absent. */
export const resolvedText = (expression: Expression, stack: Stack, resolver: Resolver): string | undefined => {
  const value = resolveExpression(expression, stack, resolver);
  return typeof value === 'number' ? String(value) : textOf(value);
};
