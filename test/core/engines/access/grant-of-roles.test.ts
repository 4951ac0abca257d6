import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grantOfRoles } from '../../../../core/engines/access/grant-of-roles.ts';
import { type FieldPolicy, type Role, roleNames, roles } from '../../../../core/model/caller.ts';
import { fieldClasses } from '../../../../core/model/field-class.ts';

test.each<[Role[], string[], FieldPolicy]>([
  [['admin'], ['ingest', 'read', 'write', 'privacy', 'admin'], {}],
  [['marketer'], ['ingest', 'read', 'write'], { sensitive: 'drop' }],
  [['analyst'], ['read'], { identifier: 'mask', contact: 'mask', sensitive: 'drop' }],
  [['privacy'], ['read', 'privacy'], {}],
  [['read-only'], ['read'], { identifier: 'mask', contact: 'mask', sensitive: 'drop' }],
  [['analyst', 'marketer'], ['ingest', 'read', 'write'], { sensitive: 'drop' }],
  [['privacy', 'marketer'], ['ingest', 'read', 'write', 'privacy'], {}],
  [[], [], { identifier: 'drop', contact: 'drop', sensitive: 'drop', behavioural: 'drop' }],
])('%j may %j and sees %j', (held, scopes, fieldPolicy) => {
  expect(grantOfRoles(held)).toEqual({ scopes, fieldPolicy });
});

const openness = { drop: 0, hash: 1, mask: 2, show: 3 };
const anyRoles = fc.subarray([...roleNames]);

test('a further role never takes anything away, and the order does not matter', () =>
  fc.assert(
    fc.property(anyRoles, fc.constantFrom(...roleNames), (held, further) => {
      const [before, after] = [grantOfRoles(held), grantOfRoles([further, ...held])];
      expect(after.scopes).toEqual(expect.arrayContaining(before.scopes));
      for (const name of fieldClasses) {
        const view = ({ fieldPolicy }: { fieldPolicy: FieldPolicy }) => openness[fieldPolicy[name] ?? 'show'];
        expect(view(after)).toBeGreaterThanOrEqual(view(before));
      }
      expect(grantOfRoles([...held].reverse())).toEqual(grantOfRoles(held));
    }),
  ));

test('nobody may or sees more than one of the roles allows', () =>
  fc.assert(
    fc.property(anyRoles, held => {
      const { scopes } = grantOfRoles(held);
      for (const scope of scopes) expect(held.some(role => roles[role].scopes.some(one => one === scope))).toBe(true);
    }),
  ));
