import type { ProblemDetail } from '../../errors.ts';
import { patternWork } from './pattern-work.ts';
import { schemaKeywords } from './schema-keywords.ts';
import { textFormats } from './text-formats.ts';

type Path = readonly string[];
type Schema = Record<string, unknown>;

const [bytesMax, partsMax, pathMax] = [64 * 1024, 1_000, 40];
const [workMax, patternLengthMax, uniqueItemsMax] = [26, 200, 1_000];

interface Check {
  root: Schema;
  /** How many are looked at; those behind a reference every time anew. */
  parts: number;
}

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fault = (path: Path, reason: string): ProblemDetail[] => [{ path: path.join('.'), reason }];

/**
 * Why a JSON schema is not taken: it is too large, uses what is not known here, refers to what is elsewhere or to itself,
 * or could keep whoever holds events against it busy. Empty when it is taken. Paths are relative to the schema.
 */
export const schemaFaults = (schema: Record<string, unknown>): ProblemDetail[] => {
  const bytes = new TextEncoder().encode(JSON.stringify(schema)).length;
  if (bytes > bytesMax) return fault([], `has ${bytes} bytes; at most ${bytesMax}`);
  const check: Check = { root: schema, parts: 0 };
  const faults = partFaults(schema, [], check, []);
  return check.parts > partsMax
    ? fault([], `has more than ${partsMax} parts, those behind references counted`)
    : faults;
};

/** `within`: the references that led here. */
const partFaults = (part: unknown, path: Path, check: Check, within: readonly string[]): ProblemDetail[] => {
  check.parts += 1;
  if (typeof part === 'boolean' || check.parts > partsMax) return [];
  if (!isObject(part)) return fault(path, 'is no schema');
  if (path.length > pathMax) return fault(path, 'lies too deep');
  const inside = Object.entries(part).map(([keyword, value]) =>
    keywordFaults(keyword, value, { path: [...path, keyword], check, within }),
  );
  return [...uniqueFaults(part, path), ...inside.flat()];
};

interface Place {
  path: Path;
  check: Check;
  within: readonly string[];
}

const keywordFaults = (keyword: string, value: unknown, place: Place): ProblemDetail[] => {
  const { path, check, within } = place;
  switch (schemaKeywords.get(keyword)) {
    case undefined:
      return fault(path, 'is not a keyword that is known here');
    case 'schema':
      return partFaults(value, path, check, within);
    case 'schemas by name':
      return namedFaults(keyword, value, place);
    case 'list of schemas':
      if (!Array.isArray(value)) return fault(path, 'is no list');
      return value.flatMap((one, index) => partFaults(one, [...path, String(index)], check, within));
    case 'pattern':
      return patternFaults(value, path);
    case 'format':
      return formatFaults(value, path);
    case 'reference':
      return referenceFaults(value, place);
    case 'value':
      return [];
  }
};

/** What is defined is looked at where it is used. */
const namedFaults = (keyword: string, value: unknown, { path, check, within }: Place): ProblemDetail[] => {
  if (!isObject(value)) return fault(path, 'is no object');
  if (keyword === '$defs' || keyword === 'definitions') return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...(keyword === 'patternProperties' ? patternFaults(name, [...path, name]) : []),
    ...partFaults(part, [...path, name], check, within),
  ]);
};

const patternFaults = (pattern: unknown, path: Path): ProblemDetail[] => {
  if (typeof pattern !== 'string') return fault(path, 'is no text');
  if (pattern.length > patternLengthMax) return fault(path, `is longer than ${patternLengthMax}`);
  if (!isExpression(pattern)) return fault(path, 'is no regular expression');
  if (patternWork(pattern) <= workMax) return [];
  return fault(path, 'may take too long: begin it with ^, repeat nothing that repeats or chooses, look around nowhere');
};

const isExpression = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

const formatFaults = (format: unknown, path: Path): ProblemDetail[] =>
  typeof format === 'string' && Object.hasOwn(textFormats, format)
    ? []
    : fault(path, `is none of ${Object.keys(textFormats).join(', ')}`);

/** Every item is held against every other. */
const uniqueFaults = ({ uniqueItems, maxItems }: Schema, path: Path): ProblemDetail[] =>
  uniqueItems !== true || (typeof maxItems === 'number' && maxItems <= uniqueItemsMax)
    ? []
    : fault([...path, 'uniqueItems'], `needs maxItems of at most ${uniqueItemsMax}`);

const reference = /^#\/(\$defs|definitions)\/([^/~%]+)$/;

const referenceFaults = (value: unknown, { path, check, within }: Place): ProblemDetail[] => {
  const [, place = '', name = ''] = reference.exec(String(value)) ?? [];
  const defined = check.root[place];
  if (!isObject(defined) || !Object.hasOwn(defined, name)) {
    return fault(path, 'refers to nothing in #/$defs or #/definitions of this schema');
  }
  const target = `${place}.${name}`;
  if (within.includes(target)) return fault(path, 'refers to itself');
  return partFaults(defined[name], [place, name], check, [...within, target]);
};
