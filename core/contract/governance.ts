import * as z from 'zod';
import { type FieldPolicy, type Role, roleNames, roles } from '../model/caller.ts';
import { FieldClass } from '../model/field-class.ts';
import { Profile } from '../model/profile.ts';
import { fieldClassesIn } from './project-fields.ts';
import { route } from './route.ts';

const View = z.enum(['show', 'mask', 'drop']);

const GovernedField = z
  .object({
    /** As segments and exports name it. */
    field: z.string(),
    /** Absent: no personal data of a kind that is governed. */
    class: FieldClass.optional(),
    /** How much of it each role reads. Who exports gets what they read. */
    roles: z.record(z.string(), View),
    /** Whether destinations are sent it. */
    activated: z.boolean(),
  })
  .meta({ id: 'GovernedField' });
type GovernedField = z.output<typeof GovernedField>;

export const listGovernedFields = route({
  id: 'listGovernedFields',
  capability: 'governance',
  method: 'GET',
  path: '/governance/fields',
  scope: 'read',
  status: 200,
  summary: 'List the fields of a profile, their class, and who reads how much of them',
  response: z.object({ items: z.array(GovernedField) }),
});

/** What passes the gate to destinations, beside the profile's id. */
const activated: ReadonlySet<string> = new Set([
  ...['externalIds.email', 'externalIds.phone', 'externalIds.customerId'],
  ...['attributes.firstName', 'attributes.lastName', 'attributes.country'],
]);

const viewOf = (role: Role, fieldClass: FieldClass | undefined): z.output<typeof View> =>
  fieldClass === undefined ? 'show' : ((roles[role].fieldPolicy as FieldPolicy)[fieldClass] ?? 'show');

const governed = (field: string, schema: z.ZodType): GovernedField => {
  const [fieldClass] = fieldClassesIn(schema);
  return {
    field,
    ...(fieldClass === undefined ? {} : { class: fieldClass }),
    roles: Object.fromEntries(roleNames.map(role => [role, viewOf(role, fieldClass)])),
    activated: activated.has(field),
  };
};

/** Every field of a profile, read from the very schema that the projector reads. */
export const governedFields = (): GovernedField[] =>
  Object.entries(Profile.shape).flatMap(([name, schema]) =>
    schema instanceof z.ZodObject
      ? Object.entries(schema.shape).map(([inner, one]) => governed(`${name}.${inner}`, one as z.ZodType))
      : [governed(name, schema)],
  );
