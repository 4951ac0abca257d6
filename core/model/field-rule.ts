import * as z from 'zod';
import { roleNames, View } from './caller.ts';
import { fieldClasses } from './field-class.ts';

/** Classes that a rule may give: those of personal data, or none of them. */
export const RuledClass = z.enum([...fieldClasses, 'public']);

/** What holds for one field of profiles in place of what its schema declares. */
export const FieldRule = z.object({
  class: RuledClass,
  /** How much of it single roles read, whatever its class. */
  roles: z.partialRecord(z.enum(roleNames), View).optional(),
  /** `false`: destinations are not sent it. */
  activationAllowed: z.boolean().optional(),
  changedAt: z.iso.datetime(),
  changedBy: z.string(),
});
export type FieldRule = z.output<typeof FieldRule>;

/** By the field's dotted path. */
export type FieldRules = Readonly<Record<string, FieldRule>>;

/** All rules; there is one document. */
export interface StoredFieldRules {
  id: string;
  version: number;
  rules: FieldRules;
}
