import { schemaKeywords } from '../core/engines/schemas/schema-keywords.ts';

type Schema = Record<string, unknown>;

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const definitionOf = (root: Schema, reference: unknown): unknown => {
  const [, place = '', name = ''] = String(reference).split('/');
  const defined = root[place];
  return isObject(defined) ? defined[name] : undefined;
};

/** What is named elsewhere, and names of its own, have no place in a schema that stands by itself. */
const leftOut = new Set(['$defs', 'definitions', '$ref', '$schema', 'title']);

/** The same schema without references, each in its place; the plan takes none that refers to itself. */
export const inlinedSchema = (schema: Schema): Schema => {
  const inline = (part: unknown): unknown => {
    if (!isObject(part)) return part;
    const target = '$ref' in part ? inline(definitionOf(schema, part.$ref)) : undefined;
    const own = Object.entries(part).filter(([keyword]) => !leftOut.has(keyword));
    return {
      ...(isObject(target) ? target : {}),
      ...Object.fromEntries(own.map(([name, value]) => [name, held(name, value)])),
    };
  };
  const held = (keyword: string, value: unknown): unknown => {
    const holds = schemaKeywords.get(keyword);
    if (holds === 'schema') return inline(value);
    if (holds === 'list of schemas' && Array.isArray(value)) return value.map(inline);
    if (holds !== 'schemas by name' || !isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inline(part)]));
  };
  return inline(schema) as Schema;
};
