/** A connection with an outside system as it is kept: which secrets it has, not what they are. */
export interface StoredIntegration {
  /** The name in the catalogue. */
  id: string;
  version: number;
  settings: Record<string, string>;
  /** When each secret was set; ISO 8601. */
  secrets: Record<string, string>;
  /** A stand-in on this machine answers in the place of the system: only the local runtime connects one. */
  standIn?: boolean | undefined;
  configuredAt: string;
  configuredBy: string;
  lastTest?: { at: string; ok: boolean; reason?: string | undefined } | undefined;
}
