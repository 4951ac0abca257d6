import type * as z from 'zod';
import type { FieldPolicy } from '../model/caller.ts';
import { type FieldClass, fieldClasses } from '../model/field-class.ts';

/** zod keeps what a schema is made of under `_zod.def`. */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  in?: z.ZodType;
  out?: z.ZodType;
}

export const definitionOf = (schema: z.ZodType): Definition => schema._zod.def as unknown as Definition;

export const classOf = (schema: z.ZodType): FieldClass | undefined =>
  (schema.meta() as { fieldClass?: FieldClass } | undefined)?.fieldClass;

const parts = (schema: z.ZodType): z.ZodType[] => {
  const { shape, element, innerType, valueType, options, in: input } = definitionOf(schema);
  return [
    ...Object.values(shape ?? {}),
    ...[element, innerType, valueType, input].filter(part => part !== undefined),
    ...(options ?? []),
  ];
};

/** Which classes of personal data an answer of this shape may hold. */
export const fieldClassesIn = (schema: z.ZodType, seen = new Set<z.ZodType>()): Set<FieldClass> => {
  if (seen.has(schema)) return new Set();
  seen.add(schema);
  const own = classOf(schema);
  const nested = parts(schema).flatMap(part => [...fieldClassesIn(part, seen)]);
  return new Set([...(own ? [own] : []), ...nested]);
};

const mask = (value: unknown): unknown => {
  if (typeof value === 'string') return value.length <= 4 ? '***' : `${value.slice(0, 1)}***${value.slice(-1)}`;
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask(inner)]));
  }
  return typeof value === 'number' ? 0 : value;
};

const dropped = Symbol('dropped');

const project = (schema: z.ZodType, policy: FieldPolicy, value: unknown): unknown => {
  if (value === undefined || value === null) return value;
  const fieldClass = classOf(schema);
  const rule = fieldClass && (policy[fieldClass] ?? 'show');
  if (rule === 'drop') return dropped;
  if (rule === 'mask') return mask(value);
  return projectParts(definitionOf(schema), policy, value);
};

const projectParts = (definition: Definition, policy: FieldPolicy, value: unknown): unknown => {
  const { shape, element, innerType, valueType, options, in: input } = definition;
  const inner = innerType ?? input;
  if (inner) return project(inner, policy, value);
  if (options) return projectUnion(options, policy, value);
  if (element && Array.isArray(value)) {
    return value.map(one => project(element, policy, one)).filter(one => one !== dropped);
  }
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const schemaOf = (name: string) => shape?.[name] ?? valueType;
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, one]) => {
      const schema = schemaOf(name);
      const projected = schema ? project(schema, policy, one) : one;
      return projected === dropped ? [] : [[name, projected]];
    }),
  );
};

/** Of alternatives the one that fits; where none does, nothing may leave. */
const projectUnion = (options: z.ZodType[], policy: FieldPolicy, value: unknown): unknown => {
  const fitting = options.find(option => option.safeParse(value).success);
  return fitting ? project(fitting, policy, value) : dropped;
};

const showsAll = (policy: FieldPolicy): boolean => fieldClasses.every(name => (policy[name] ?? 'show') === 'show');

/** The one serializer of answers: masks or leaves out the fields whose class the caller may not see. */
export const projectFields = (schema: z.ZodType, policy: FieldPolicy, value: unknown): unknown => {
  if (showsAll(policy)) return value;
  const projected = project(schema, policy, value);
  return projected === dropped ? undefined : projected;
};
