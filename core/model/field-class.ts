import * as z from 'zod';

/**
 * What kind of personal data a field holds. Declared on the field's own schema, so that the projector, the audit log
 * and the documentation read the same word.
 */
export const fieldClasses = ['identifier', 'contact', 'sensitive', 'behavioural'] as const;
export type FieldClass = (typeof fieldClasses)[number];

declare module 'zod' {
  interface GlobalMeta {
    fieldClass?: FieldClass;
  }
}

/** Marks a schema as personal data of a class. */
export const classed = <Schema extends z.ZodType>(fieldClass: FieldClass, schema: Schema): Schema =>
  schema.meta({ fieldClass });

export const FieldClass = z.enum(fieldClasses);
