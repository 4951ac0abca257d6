/** A connection with an outside system as it is kept: which secrets it has, not what they are. */
export interface StoredIntegration {
  /** The name in the catalogue. */
  id: string;
  version: number;
  settings: Record<string, string>;
  /** When each secret was set; ISO 8601. */
  secrets: Record<string, string>;
  configuredAt: string;
  configuredBy: string;
  lastTest?: { at: string; ok: boolean; reason?: string | undefined } | undefined;
}
