import { type FieldPolicy, type GrantedScope, grantedScopes, type Role, roles } from '../../model/caller.ts';
import { fieldClasses } from '../../model/field-class.ts';
import { widestOf } from './widest-of.ts';

/** What somebody may do and see. */
export interface Grant {
  scopes: GrantedScope[];
  fieldPolicy: FieldPolicy;
}

/** Of several roles the one that sees most of a class decides; nobody sees less for a further role. */
const policyOf = (held: readonly Role[]): FieldPolicy => {
  const policy: FieldPolicy = {};
  for (const name of fieldClasses) {
    const widest = widestOf(held.map(role => (roles[role].fieldPolicy as FieldPolicy)[name] ?? 'show'));
    if (widest !== 'show') policy[name] = widest;
  }
  return policy;
};

/**
 * What the bearer of these roles may do and see: every scope of any of them. Without a role nothing may be done, and
 * nothing would be shown.
 *
 * @example grantOfRoles(['analyst', 'privacy']).scopes // ['read', 'privacy']
 */
export const grantOfRoles = (held: readonly Role[]): Grant => ({
  scopes: grantedScopes.filter(scope =>
    held.some(role => (roles[role].scopes as readonly GrantedScope[]).includes(scope)),
  ),
  fieldPolicy: policyOf(held),
});
