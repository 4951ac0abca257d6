import { CliError } from '../cli-error.ts';
import { type Assignment, splitMappings, splitSettings } from './assignments.ts';
import { importSource } from './import-source.ts';
import { readAny, readNumber } from './read-value.ts';
import { type ImportKind, type Target, targetNames, targetOf } from './target.ts';

/** A target and where its value comes from: a column, or the same text for every row. */
export interface Field {
  target: Target;
  from: { column: string } | { text: string };
}

/** What becomes of a row. */
export interface Plan {
  kind: ImportKind;
  fields: Field[];
  /** Who says so, for profiles; events carry it as a field. */
  source?: string;
}

/** The command line, as far as it says what becomes of a row. */
export interface PlanOptions {
  as: ImportKind;
  map?: readonly string[] | undefined;
  set?: readonly string[] | undefined;
  /** Targets that are sent as JSON numbers. */
  number?: readonly string[] | undefined;
  type?: string | undefined;
  source?: string | undefined;
}

/** The name a target has in a plan; profiles may be written as they are read, with `attributes.` before. */
const plainName = (kind: ImportKind, name: string): string =>
  kind === 'profiles' ? name.replace(/^attributes\./, '') : name;

const fieldOf = (kind: ImportKind, { name, ...from }: Assignment): Field => {
  const target = targetOf(kind, plainName(kind, name));
  if (target) return { target, from };
  throw new CliError(`${kind} know no field “${name}”. They know ${targetNames(kind).join(', ')}.`);
};

const checkColumn = ({ from }: Field, columns: readonly string[]): void => {
  if (!('column' in from) || columns.includes(from.column)) return;
  const nested = from.column.includes('.') && columns.includes(from.column.split('.', 1)[0] ?? '');
  if (!nested) throw new CliError(`The file has no column “${from.column}”. It has ${columns.join(', ')}.`);
};

const checkOverlap = (fields: readonly Field[]): void => {
  const names = fields.map(({ target }) => target.name);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) throw new CliError(`“${name}” is given twice.`);
    const inner = names.find(other => other.startsWith(`${name}.`) && !name.includes('customFields.'));
    if (inner !== undefined)
      throw new CliError(`“${name}” and “${inner}” cannot both be given: one lies in the other.`);
  }
};

const withNumbers = (fields: Field[], numbers: readonly string[]): Field[] => {
  for (const name of numbers) {
    const field = fields.find(({ target }) => target.name === name);
    if (!field) throw new CliError(`--number ${name}: this field is not mapped.`);
    if (field.target.read !== readAny) throw new CliError(`--number ${name}: this field is never a number.`);
  }
  return fields.map(field =>
    numbers.includes(field.target.name) ? { ...field, target: { ...field.target, read: readNumber } } : field,
  );
};

/** Columns that bear the name of a field. */
const mappedByName = (kind: ImportKind, columns: readonly string[]): Assignment[] =>
  columns
    .filter(column => targetOf(kind, plainName(kind, column)) !== undefined)
    .map(column => ({ name: column, column }));

const has = (fields: readonly Field[], wanted: string | RegExp): boolean =>
  fields.some(({ target: { name } }) => (typeof wanted === 'string' ? name === wanted : wanted.test(name)));

const needs: Record<ImportKind, (fields: readonly Field[]) => string | undefined> = {
  events: fields =>
    has(fields, 'type') ? undefined : 'Say what happened: --type purchase, or --map type=<column> where rows differ.',
  consents: fields =>
    has(fields, /^consent\./)
      ? undefined
      : 'Say which consent: --map consent.email=<column>, or --set consent.email=true for every row.',
  profiles: () => undefined,
};

const person =
  /^(customerId|email|phone|deviceId|anonymousId|cookie|advertisingId|profileId|custom:.+|traits\.(email|phone))$/;

const checkComplete = ({ kind, fields }: Plan): void => {
  const missing = needs[kind](fields);
  if (missing !== undefined) throw new CliError(missing);
  if (!has(fields, person)) {
    throw new CliError('Say who it is: map at least one identifier, e.g. --map customerId=<column>.');
  }
};

const constants = ({ as, set = [], type, source }: PlanOptions): Assignment[] => {
  if (type !== undefined && as !== 'events') throw new CliError(`--type belongs to --as events, not to ${as}.`);
  return [
    ...splitSettings(set),
    ...(type === undefined ? [] : [{ name: 'type', text: type }]),
    ...(source === undefined || as === 'profiles' ? [] : [{ name: 'source', text: source }]),
  ];
};

/**
 * Decides what becomes of a row, and refuses what cannot be meant before anything is sent.
 *
 * @throws CliError for unknown or repeated fields, for columns that the file has not, and where nobody or nothing is named
 */
export const readPlan = (options: PlanOptions, columns: readonly string[]): Plan => {
  const { as: kind, map = [], number = [] } = options;
  const fixed = constants(options).map(one => fieldOf(kind, one));
  const mapped = map.length > 0 ? splitMappings(map, columns) : mappedByName(kind, columns);
  const taken = new Set(map.length > 0 ? [] : fixed.map(({ target }) => target.name));
  const fields = [...mapped.map(one => fieldOf(kind, one)).filter(({ target }) => !taken.has(target.name)), ...fixed];
  for (const field of fields) checkColumn(field, columns);
  checkOverlap(fields);
  const plan = {
    kind,
    fields: withNumbers(fields, number),
    ...(kind === 'profiles' ? { source: options.source ?? importSource } : {}),
  };
  checkComplete(plan);
  return plan;
};
