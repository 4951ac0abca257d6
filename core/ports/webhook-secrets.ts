/** Secrets by which receivers know us; kept sealed, shown once. */
export interface WebhookSecrets {
  /** The same for the same purpose; nobody else can tell it. */
  make(purpose: string): Promise<string>;
  seal(secret: string): Promise<string>;
  /** @throws Error for what was not sealed here */
  open(sealed: string): Promise<string>;
}
