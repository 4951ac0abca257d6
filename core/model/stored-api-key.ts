import type { FieldPolicy, GrantedScope } from './caller.ts';
import type { SourceKind } from './source-activity.ts';

/** An API key as it is kept: everything but its secret. */
export interface StoredApiKey {
  id: string;
  version: number;
  name: string;
  kind: 'write' | 'secret';
  scopes: GrantedScope[];
  fieldPolicy: FieldPolicy;
  prefix: string;
  createdAt: string;
  expiresAt?: string | undefined;
  revokedAt?: string | undefined;
  /** What sends under a write key. */
  sourceKind?: SourceKind | undefined;
  /** It is not taken for as long as this is there. */
  disabledAt?: string | undefined;
  /** Requests a minute, `null` for any number; the deployment's limit when absent. */
  rateLimitPerMinute?: number | null | undefined;
  /** HMAC-SHA256 of the secret under the deployment's pepper, hexadecimal. */
  hash: string;
  rotatedAt?: string | undefined;
  /** The secret before the last rotation, and until when it goes on being taken. */
  previous?: { hash: string; until: string } | undefined;
}

/** Neither revoked nor disabled nor expired. `at` in epoch ms. */
export const isCurrent = ({ revokedAt, disabledAt, expiresAt }: StoredApiKey, at: number): boolean =>
  revokedAt === undefined && disabledAt === undefined && (expiresAt === undefined || Date.parse(expiresAt) > at);
