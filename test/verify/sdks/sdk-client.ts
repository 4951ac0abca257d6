export type Values = Record<
  string,
  string | number | boolean | Record<string, string> | Record<string, string | number>[]
>;

/** A visitor with one of the SDKs, as an application holds it. A call that the SDK does not have is absent. */
export interface SdkClient {
  /** Under which the SDK sends what happens before anybody is identified. */
  anonymousId(): Promise<string>;
  page(name: string, properties: Values): Promise<void>;
  screen?(name: string, properties: Values): Promise<void>;
  identify(userId: string, traits: Values): Promise<void>;
  track(event: string, properties: Values): Promise<void>;
  group(groupId: string, traits: Values): Promise<void>;
  /** From now on the person is known as `userId`, who was so far known by the anonymous id only. */
  alias?(userId: string): Promise<void>;
  /** Everything that was called has been sent. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface SdkOptions {
  /** Where the SDK sends to. */
  url: string;
  writeKey: string;
  anonymousId: string;
  /** Several calls go in one request, where the SDK can do that. */
  batching?: boolean;
}

/** One of the SDKs. */
export interface Sdk {
  /** The package, and where it runs. */
  name: string;
  /** What happens on a server is nobody’s presence, so that no session comes of it. */
  where: 'server' | 'browser';
  /** Sends again what was answered with a server error. */
  retries: boolean;
  /** Has a call of its own that sends what waits. */
  flushes: boolean;
  batches: boolean;
  open(options: SdkOptions): Promise<SdkClient>;
}
