import type * as z from 'zod';
import type { FieldPolicy, View } from '../model/caller.ts';
import type { FieldClass } from '../model/field-class.ts';
import { hiddenValue } from '../model/hidden-value.ts';
import { Attributes, Computed, Consent, ExternalIds, Profile } from '../model/profile.ts';

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

const dropped = Symbol('dropped');

/** Where the parts of a profile stand, whatever they are a part of. */
const placeOf: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [Attributes, 'attributes'],
  [Computed, 'computed'],
  [Consent, 'consent'],
  [ExternalIds, 'externalIds'],
  [Profile.shape.segments, 'segments'],
]);

/** A value on its way out: by which policy, at which path of a profile, and how what it stands in is seen. */
interface Passing {
  policy: FieldPolicy;
  path?: string | undefined;
  around?: View | undefined;
}

/** A rule of the field itself goes before its class, and both before what it stands in. */
const viewOf = (schema: z.ZodType, { policy, path, around }: Passing): View => {
  const fieldClass = classOf(schema);
  const ruled = path === undefined ? undefined : policy[`field:${path}`];
  return ruled ?? (fieldClass && policy[fieldClass]) ?? around ?? 'show';
};

/** Whether something below a path has a rule of its own. */
const isSplit = ({ policy, path }: Passing): boolean =>
  path !== undefined && Object.keys(policy).some(name => name.startsWith(`field:${path}.`));

const project = (schema: z.ZodType, passing: Passing, value: unknown): unknown => {
  if (value === undefined || value === null) return value;
  const here = { ...passing, path: placeOf.get(schema) ?? passing.path };
  const view = viewOf(schema, here);
  if (view !== 'show' && !isSplit(here)) return view === 'drop' ? dropped : hiddenValue(view, value);
  return projectParts(definitionOf(schema), { ...here, around: view === 'show' ? undefined : view }, value);
};

const projectParts = (definition: Definition, passing: Passing, value: unknown): unknown => {
  const { shape, element, innerType, valueType, options, in: input } = definition;
  const inner = innerType ?? input;
  if (inner) return project(inner, passing, value);
  if (options) return projectUnion(options, passing, value);
  if (element && Array.isArray(value)) {
    return value.map(one => project(element, passing, one)).filter(one => one !== dropped);
  }
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return projectMembers(name => shape?.[name] ?? valueType, passing, value as object);
};

const projectMembers = (schemaOf: (name: string) => z.ZodType | undefined, passing: Passing, value: object): object =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const schema = schemaOf(name);
      const path = passing.path === undefined ? undefined : `${passing.path}.${name}`;
      const projected = schema ? project(schema, { ...passing, path }, one) : one;
      return projected === dropped ? [] : [[name, projected]];
    }),
  );

/** Of alternatives the one that fits; where none does, nothing may leave. */
const projectUnion = (options: z.ZodType[], passing: Passing, value: unknown): unknown => {
  const fitting = options.find(option => option.safeParse(value).success);
  return fitting ? project(fitting, passing, value) : dropped;
};

const showsAll = (policy: FieldPolicy): boolean => Object.values(policy).every(view => view === 'show');

/** The one serializer of answers: hides what of them the caller may not see, by class and by rules of single fields. */
export const projectFields = (schema: z.ZodType, policy: FieldPolicy, value: unknown): unknown => {
  if (showsAll(policy)) return value;
  const projected = project(schema, { policy }, value);
  return projected === dropped ? undefined : projected;
};
