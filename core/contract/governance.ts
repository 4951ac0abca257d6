import * as z from 'zod';
import { roleNames, View } from '../model/caller.ts';
import { FieldRule, RuledClass } from '../model/field-rule.ts';
import { route } from './route.ts';

const GovernedField = z
  .object({
    /** As segments and exports name it. */
    field: z.string(),
    class: RuledClass,
    /** How much of it each role reads. Who exports gets what they read. */
    roles: z.record(z.enum(roleNames), View),
    /** Whether destinations are sent it. */
    activated: z.boolean(),
    /** Whether a rule stands in place of what is declared; who set it, and when. */
    rule: FieldRule.pick({ changedAt: true, changedBy: true }).optional(),
  })
  .meta({ id: 'GovernedField' });
export type GovernedField = z.output<typeof GovernedField>;

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

export const setGovernedField = route({
  id: 'setGovernedField',
  capability: 'governance',
  method: 'PUT',
  path: '/governance/fields/{field}',
  scope: 'admin',
  status: 200,
  summary: 'Set the class of a field of profiles, who reads how much of it, and whether it is sent',
  description:
    'Holds from then on in place of what is declared, at the latest 30 s later everywhere: in answers, lists, the live ' +
    'feed, exports, webhooks and what destinations are sent. A role without a view of its own reads what it reads of ' +
    'the class; a key reads by the class. What is not sent stays; `null` takes it back, and `{"class": null, "roles": ' +
    'null, "activationAllowed": null}` the whole rule. `If-Match` takes the ETag of the list.',
  params: z.object({ field: z.string().min(1).max(200) }),
  body: z
    .strictObject({
      class: RuledClass.nullish(),
      roles: FieldRule.shape.roles.nullable(),
      activationAllowed: z.boolean().nullish(),
    })
    .refine(body => Object.values(body).some(value => value !== undefined), 'names at least one thing to set'),
  response: GovernedField,
  problems: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  examples: [
    { summary: 'Sensitive here', body: { class: 'sensitive' } },
    { summary: 'Hashed for analysts, never sent', body: { roles: { analyst: 'hash' }, activationAllowed: false } },
  ],
});
