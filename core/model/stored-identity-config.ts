import type { IdentityConfig } from './identity-config.ts';

/** The configuration as it was set last; there is one document. */
export interface StoredIdentityConfig {
  id: string;
  version: number;
  config: IdentityConfig;
  /** ISO 8601. */
  changedAt: string;
  changedBy: string;
}
