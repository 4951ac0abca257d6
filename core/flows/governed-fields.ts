import * as z from 'zod';
import { fieldClassAt } from '../contract/field-class-at.ts';
import type { GovernedField } from '../contract/governance.ts';
import { policyUnderRules } from '../engines/access/policy-under-rules.ts';
import { type FieldPolicy, type Role, roleNames, roles, type View } from '../model/caller.ts';
import type { FieldRule, FieldRules } from '../model/field-rule.ts';
import { Profile } from '../model/profile.ts';

/** What passes the gate to destinations, beside the profile's id. */
const sendable: ReadonlySet<string> = new Set([
  ...['email', 'phone', 'customerId', 'advertisingIds'].map(name => `externalIds.${name}`),
  ...['firstName', 'lastName', 'gender', 'birthDate', 'country', 'state', 'city', 'postalCode'].map(
    name => `attributes.${name}`,
  ),
]);

export const isSendable = (field: string): boolean => sendable.has(field);

const declaredClass = (field: string) => fieldClassAt(Profile, field) ?? 'public';

const viewOf = (role: Role, field: string, rule: FieldRule | undefined): View => {
  const policy: FieldPolicy = roles[role].fieldPolicy;
  const declared = declaredClass(field);
  if (rule)
    return policyUnderRules({ fieldPolicy: policy, roles: [role] }, { [field]: rule })[`field:${field}`] ?? 'show';
  return declared === 'public' ? 'show' : (policy[declared] ?? 'show');
};

/** How one field is governed. */
export const governedField = (field: string, rules: FieldRules): GovernedField => {
  const rule = rules[field];
  return {
    field,
    class: rule?.class ?? declaredClass(field),
    roles: Object.fromEntries(roleNames.map(role => [role, viewOf(role, field, rule)])) as GovernedField['roles'],
    activated: isSendable(field) && rule?.activationAllowed !== false,
    ...(rule ? { rule: { changedAt: rule.changedAt, changedBy: rule.changedBy } } : {}),
  };
};

const declaredFields: readonly string[] = Object.entries(Profile.shape).flatMap(([name, schema]) =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape).map(inner => `${name}.${inner}`) : [name],
);

/** What every answer about a profile needs to be one. */
const fixed: ReadonlySet<string> = new Set(['id', 'createdAt', 'updatedAt', 'consent.updatedAt']);
const customField = /^attributes\.customFields\.[^.]{1,100}$/;

/** Whether rules can be set for a field: `undefined` where no profile has it. */
export const isGovernable = (field: string): boolean | undefined =>
  customField.test(field) ? true : declaredFields.includes(field) ? !fixed.has(field) : undefined;

/** Every field of a profile, and every custom field that a rule names. */
export const governedFields = (rules: FieldRules): GovernedField[] => {
  const named = Object.keys(rules).filter(field => !declaredFields.includes(field));
  return [...declaredFields, ...named.sort()].map(field => governedField(field, rules));
};

/** Fields that destinations are not sent. */
export const withheldFields = (rules: FieldRules): ReadonlySet<string> =>
  new Set(Object.keys(rules).filter(field => rules[field]?.activationAllowed === false));
