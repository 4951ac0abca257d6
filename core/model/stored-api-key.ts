import type { FieldPolicy, GrantedScope } from './caller.ts';

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
  /** HMAC-SHA256 of the secret under the deployment's pepper, hexadecimal. */
  hash: string;
}
