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
}

/** One of the SDKs. */
export interface Sdk {
  /** The package, and where it runs. */
  name: string;
  /** Sends again what was answered with a server error. */
  retries: boolean;
  open(options: SdkOptions): Promise<SdkClient>;
}
