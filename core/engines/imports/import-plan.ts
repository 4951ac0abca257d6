import type { ImportKind } from '../../model/import-spec.ts';
import { ImportFault } from './import-fault.ts';
import { importSource } from './import-source.ts';
import { readAny, readNumber } from './read-value.ts';
import { type Target, targetNames, targetOf } from './target.ts';

/** Where a value comes from: a column, or the same for every row. */
export type ValueSource = { column: string } | { text: string | number | boolean };
/** A field by its name, and where its value comes from. */
export type Assignment = { name: string } & ValueSource;

/** A target and where its value comes from. */
export interface Field {
  target: Target;
  from: ValueSource;
}

/** What becomes of a row. */
export interface Plan {
  kind: ImportKind;
  fields: Field[];
  /** Who says so, for profiles; events carry it as a field. */
  source?: string;
}

/** What an import cannot do without. */
export type Need = 'type' | 'consent' | 'person';

export interface PlanChoices {
  /** Absent: columns by name. */
  mapped?: readonly Assignment[] | undefined;
  /** The same for every row; before columns by name. */
  fixed?: readonly Assignment[];
  /** Targets that are sent as JSON numbers. */
  numbers?: readonly string[];
  source?: string | undefined;
  /** How whoever asks can say what is missing. */
  hints: Readonly<Record<Need, string>>;
}

/** The name a target has in a plan; profiles may be written as they are read, with `attributes.` before. */
const plainName = (kind: ImportKind, name: string): string =>
  kind === 'profiles' ? name.replace(/^attributes\./, '') : name;

const fieldOf = (kind: ImportKind, { name, ...from }: Assignment): Field => {
  const target = targetOf(kind, plainName(kind, name));
  if (target) return { target, from };
  throw new ImportFault(`${kind} know no field “${name}”. They know ${targetNames(kind).join(', ')}.`, name);
};

/** @throws ImportFault for a column that the file has not; one inside an object is named with dots */
export const checkColumns = ({ fields }: Plan, columns: readonly string[]): void => {
  for (const { target, from } of fields) {
    if (!('column' in from) || columns.includes(from.column)) continue;
    const nested = from.column.includes('.') && columns.includes(from.column.split('.', 1)[0] ?? '');
    if (nested) continue;
    throw new ImportFault(`The file has no column “${from.column}”. It has ${columns.join(', ')}.`, target.name);
  }
};

const checkOverlap = (fields: readonly Field[]): void => {
  const names = fields.map(({ target }) => target.name);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) throw new ImportFault(`“${name}” is given twice.`, name);
    const inner = names.find(other => other.startsWith(`${name}.`) && !name.includes('customFields.'));
    if (inner !== undefined)
      throw new ImportFault(`“${name}” and “${inner}” cannot both be given: one lies in the other.`, name);
  }
};

const withNumbers = (fields: Field[], numbers: readonly string[]): Field[] => {
  for (const name of numbers) {
    const field = fields.find(({ target }) => target.name === name);
    if (!field) throw new ImportFault(`“${name}” as a number: this field is not mapped.`, name);
    if (field.target.read !== readAny)
      throw new ImportFault(`“${name}” as a number: this field is never a number.`, name);
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

const person =
  /^(customerId|email|phone|deviceId|anonymousId|cookie|advertisingId|profileId|custom:.+|traits\.(email|phone))$/;

const needsOf: Record<ImportKind, [Need, string | RegExp][]> = {
  events: [
    ['type', 'type'],
    ['person', person],
  ],
  consents: [
    ['consent', /^consent\./],
    ['person', person],
  ],
  profiles: [['person', person]],
  suppressions: [['person', person]],
};

const checkComplete = ({ kind, fields }: Plan, hints: PlanChoices['hints']): void => {
  for (const [need, wanted] of needsOf[kind]) if (!has(fields, wanted)) throw new ImportFault(hints[need]);
};

/**
 * Decides what becomes of a row, and refuses what cannot be meant.
 *
 * @throws ImportFault for unknown or repeated fields, and where nobody or nothing is named
 */
export const importPlan = (kind: ImportKind, choices: PlanChoices, columns: readonly string[]): Plan => {
  const { mapped, fixed: given = [], numbers = [], source, hints } = choices;
  const fixed = given.map(one => fieldOf(kind, one));
  const taken = new Set(mapped ? [] : fixed.map(({ target }) => target.name));
  const fields = [
    ...(mapped ?? mappedByName(kind, columns))
      .map(one => fieldOf(kind, one))
      .filter(({ target }) => !taken.has(target.name)),
    ...fixed,
  ];
  checkOverlap(fields);
  const plan = {
    kind,
    fields: withNumbers(fields, numbers),
    ...(kind === 'profiles' ? { source: source ?? importSource } : {}),
  };
  checkComplete(plan, hints);
  return plan;
};
