/** Secrets of outside systems, one set each. */
export interface SecretStore {
  read(name: string): Promise<Record<string, string> | undefined>;
  /** Returns when they are durable. */
  write(name: string, secrets: Record<string, string>): Promise<void>;
  /** What is not there is removed already. */
  remove(name: string): Promise<void>;
}
