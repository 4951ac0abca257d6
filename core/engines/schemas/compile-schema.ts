import { Ajv, type ErrorObject } from 'ajv';
import type { ProblemDetail } from '../../errors.ts';
import { textFormats } from './text-formats.ts';

/** Tells what is wrong with the properties of an event; paths relative to the event. Empty when nothing is. */
export type Judge = (properties: Record<string, unknown>) => ProblemDetail[];

/** Patterns are held against texts of at most this length; a longer text does not fit. */
const matchedLengthMax = 256;
const faultsMax = 10;
const nameMax = 100;

/** A regular expression that looks at no text which would keep it busy. */
const boundedPattern = Object.assign(
  (pattern: string, flags: string) => {
    const expression = new RegExp(pattern, flags);
    return { test: (text: string) => text.length <= matchedLengthMax && expression.test(text) };
  },
  { code: 'undefined' },
);

const compiler = (): Ajv =>
  new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    meta: false,
    validateSchema: false,
    code: { regExp: boundedPattern },
    formats: textFormats,
    logger: false,
  });

/** What a schema calls itself has no bearing on what its keywords mean here. */
const withoutDialect = ({ $schema: _dialect, ...schema }: Record<string, unknown>): Record<string, unknown> => schema;

/**
 * Makes a schema into a judge, once; what it has judged leaves nothing behind.
 *
 * @throws Error for what is no JSON schema
 */
export const compileSchema = (schema: Record<string, unknown>): Judge => {
  const validate = compiler().compile(withoutDialect(schema));
  return properties => {
    if (validate(properties)) return [];
    const faults = (validate.errors ?? []).map(faultOf);
    validate.errors = null;
    return distinct(faults).slice(0, faultsMax);
  };
};

const dotted = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~').slice(0, nameMax));

/** The name that an error is about stands beside its place. */
const namedIn = ({ keyword, params }: ErrorObject): string[] => {
  const { missingProperty, additionalProperty, propertyName } = params as Record<string, unknown>;
  const name = { required: missingProperty, additionalProperties: additionalProperty, propertyNames: propertyName }[
    keyword
  ];
  return typeof name === 'string' ? [name.slice(0, nameMax)] : [];
};

const reasons: Readonly<Record<string, string>> = {
  required: 'is missing',
  additionalProperties: 'is not in the plan',
  propertyNames: 'has a name that is not in the plan',
};

/** Reasons tell of the plan and never of what the event said. */
const faultOf = (error: ErrorObject): ProblemDetail => ({
  path: ['properties', ...dotted(error.instancePath), ...namedIn(error)].join('.'),
  reason: reasons[error.keyword] ?? error.message ?? `breaks ${error.keyword}`,
});

const distinct = (faults: readonly ProblemDetail[]): ProblemDetail[] => [
  ...new Map(faults.map(fault => [`${fault.path} ${fault.reason}`, fault])).values(),
];
