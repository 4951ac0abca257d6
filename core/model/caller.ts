import * as z from 'zod';
import { FieldClass } from './field-class.ts';

/** How a value is answered: as it is, blurred, as its SHA-256 (by which equal ones are still equal), or not at all. */
export const views = ['show', 'mask', 'hash', 'drop'] as const;
export const View = z.enum(views);
export type View = (typeof views)[number];

/** What happens to fields of a class in answers to a caller. */
export const ClassPolicy = z.partialRecord(FieldClass, View);

/** The same, and what a rule makes of single fields of a profile (`field:attributes.city`), whatever their class. */
export const FieldPolicy = z.partialRecord(z.union([FieldClass, z.templateLiteral(['field:', z.string()])]), View);
export type FieldPolicy = z.output<typeof FieldPolicy>;

/** What a key or a role can allow. */
export const grantedScopes = ['ingest', 'read', 'write', 'privacy', 'admin'] as const;
export type GrantedScope = (typeof grantedScopes)[number];

/** Who calls: a key, a write key, or a signed-in user. */
export const Caller = z.object({
  id: z.string(),
  kind: z.enum(['secret', 'write', 'user']),
  scopes: z.array(z.enum(grantedScopes)),
  fieldPolicy: FieldPolicy,
  /** What a user is; a key has none. */
  roles: z.array(z.string()).optional(),
  /** Requests a minute, `null` for any number; the deployment's limit when absent. */
  rateLimitPerMinute: z.number().int().min(1).nullable().optional(),
});
export type Caller = z.output<typeof Caller>;

/** What the authorizer found: a caller, why there is none, or that nobody can tell at the moment. It never denies; the endpoint answers. */
export const Verdict = z.union([
  z.object({ caller: Caller }),
  z.object({ refused: z.string() }),
  z.object({ unknown: z.literal(true) }),
]);
export type Verdict = z.output<typeof Verdict>;

/** What each role may do, and how much of a person it sees. */
export const roles = {
  admin: { scopes: grantedScopes, fieldPolicy: {} },
  marketer: { scopes: ['ingest', 'read', 'write'], fieldPolicy: { sensitive: 'drop' } },
  analyst: { scopes: ['read'], fieldPolicy: { identifier: 'mask', contact: 'mask', sensitive: 'drop' } },
  privacy: { scopes: ['read', 'privacy'], fieldPolicy: {} },
  'read-only': { scopes: ['read'], fieldPolicy: { identifier: 'mask', contact: 'mask', sensitive: 'drop' } },
} as const satisfies Record<string, { scopes: readonly GrantedScope[]; fieldPolicy: FieldPolicy }>;
export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as [Role, ...Role[]];

export const isRole = (name: string): name is Role => Object.hasOwn(roles, name);

/** May this caller do what needs that scope? `admin` may everything. */
export const mayCall = (caller: Caller, scope: GrantedScope): boolean =>
  caller.scopes.includes(scope) || caller.scopes.includes('admin');
