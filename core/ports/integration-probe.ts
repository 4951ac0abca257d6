/** What an outside system says of our credentials. */
export interface ProbeResult {
  ok: boolean;
  /** Why not; never with a credential in it. */
  reason?: string;
}

export interface IntegrationProbe {
  /** Asks the system whether it knows these credentials; changes nothing there. */
  probe(
    name: string,
    settings: Record<string, string>,
    secrets: Record<string, string>,
    /** The stand-in of this machine answers in the place of the system. */
    standIn?: boolean,
  ): Promise<ProbeResult>;
}
