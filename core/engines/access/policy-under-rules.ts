import type { Caller, FieldPolicy, View } from '../../model/caller.ts';
import { isRole, type Role, roles } from '../../model/caller.ts';
import type { FieldRule, FieldRules } from '../../model/field-rule.ts';
import { widestOf } from './widest-of.ts';

const ofClass = ({ class: ruled }: FieldRule, policy: FieldPolicy): View =>
  ruled === 'public' ? 'show' : (policy[ruled] ?? 'show');

/** A role sees what the rule says of it, or else what it sees of the rule's class. */
const ofRole = (rule: FieldRule, role: Role): View => rule.roles?.[role] ?? ofClass(rule, roles[role].fieldPolicy);

const viewOf = (rule: FieldRule, { fieldPolicy, roles: held }: Pick<Caller, 'fieldPolicy' | 'roles'>): View =>
  held === undefined ? ofClass(rule, fieldPolicy) : widestOf(held.filter(isRole).map(role => ofRole(rule, role)));

/** A caller's policy with what the rules of single fields make of it: of several roles the one that sees most decides. */
export const policyUnderRules = (caller: Pick<Caller, 'fieldPolicy' | 'roles'>, rules: FieldRules): FieldPolicy => ({
  ...caller.fieldPolicy,
  ...Object.fromEntries(Object.entries(rules).map(([path, rule]) => [`field:${path}`, viewOf(rule, caller)])),
});
