import { expect, test } from 'vitest';
import { policyUnderRules } from '../../../../core/engines/access/policy-under-rules.ts';
import { type FieldPolicy, type Role, roles } from '../../../../core/model/caller.ts';
import type { FieldRule } from '../../../../core/model/field-rule.ts';

const set = { changedAt: '2026-01-01T00:00:00.000Z', changedBy: 'key-1' };
const under = (rule: Omit<FieldRule, keyof typeof set>, caller: { fieldPolicy: FieldPolicy; roles?: string[] }) =>
  policyUnderRules(caller, { 'attributes.city': { ...rule, ...set } })['field:attributes.city'];
const ofRole = (role: Role) => ({ fieldPolicy: roles[role].fieldPolicy as FieldPolicy, roles: [role] as string[] });

test.each<[string, Omit<FieldRule, keyof typeof set>, { fieldPolicy: FieldPolicy; roles?: string[] }, string]>([
  ['a role sees what it sees of the class of the rule', { class: 'sensitive' }, ofRole('marketer'), 'drop'],
  ['so does a key', { class: 'sensitive' }, { fieldPolicy: { sensitive: 'mask' } }, 'mask'],
  ['what is public everybody sees', { class: 'public' }, ofRole('analyst'), 'show'],
  [
    'a view for the role goes before the class',
    { class: 'public', roles: { analyst: 'hash' } },
    ofRole('analyst'),
    'hash',
  ],
  ['and concerns no other role', { class: 'public', roles: { analyst: 'hash' } }, ofRole('marketer'), 'show'],
  [
    'of several roles the one that sees most decides',
    { class: 'public', roles: { analyst: 'drop', 'read-only': 'mask' } },
    { fieldPolicy: {}, roles: ['analyst', 'read-only'] },
    'mask',
  ],
  ['who has no role that is known is shown nothing', { class: 'public' }, { fieldPolicy: {}, roles: ['none'] }, 'drop'],
])('%s', (_what, rule, caller, view) => {
  expect(under(rule, caller)).toBe(view);
});

test('the policy by class stays', () => {
  expect(policyUnderRules({ fieldPolicy: { contact: 'mask' } }, {})).toEqual({ contact: 'mask' });
});
