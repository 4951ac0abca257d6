/** A message to a receiver, to be signed with every one of the secrets. */
export interface WebhookMessage {
  url: string;
  /** The same when it is sent again. */
  id: string;
  at: Date;
  secrets: readonly string[];
  body: string;
}

/** What came of it: a status, or why there was none. */
export interface WebhookAnswer {
  status?: number | undefined;
  error?: string | undefined;
  /** How long the receiver asks to be left alone. */
  retryAfterSeconds?: number | undefined;
}

export interface WebhookSender {
  send(message: WebhookMessage): Promise<WebhookAnswer>;
}

/** Why an address must not be subscribed, by itself or by where its name leads now; `undefined` when it may be. */
export type AddressRefusal = (address: string) => Promise<string | undefined>;
