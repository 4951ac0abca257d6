import type * as z from 'zod';
import type { FieldClass } from '../model/field-class.ts';
import { classOf, definitionOf } from './project-fields.ts';

/**
 * The class of personal data that the field at a dotted path is of, where it is of any: its own, or that of what it is
 * in.
 *
 * @example fieldClassAt(Profile, 'attributes.customFields.plan') // 'behavioural'
 */
export const fieldClassAt = (schema: z.ZodType, path: string): FieldClass | undefined => {
  const own = classOf(schema);
  const { shape, innerType, valueType } = definitionOf(schema);
  if (own !== undefined) return own;
  if (innerType) return fieldClassAt(innerType, path);
  if (path === '') return undefined;
  const [name = '', ...rest] = path.split('.');
  const inner = shape?.[name] ?? valueType;
  return inner && fieldClassAt(inner, rest.join('.'));
};
