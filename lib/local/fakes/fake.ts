import type { FieldRule } from './accounts.ts';
import type { FakeStore } from './fake-store.ts';

/** What a stand-in is asked; the path is without the name of the stand-in. */
export interface FakeRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  /** JSON, or the fields of a form. */
  body: unknown;
}

export interface FakeAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface FakeTools {
  store: FakeStore;
  /** Epoch ms. */
  now: () => number;
  newId: () => string;
}

/** What the platform knows of us: made when the stand-ins first start, and connected by the local runtime. */
export interface FakeCredentials {
  settings: Record<string, string>;
  secrets: Record<string, string>;
}

/**
 * Stands in for a platform on this machine, and is at least as strict: it takes nothing that the platform would not take,
 * and answers as it does.
 */
export interface Fake {
  name: string;
  /** The first credentials; kept with its store. */
  credentials(): Promise<FakeCredentials>;
  /** With `partial` it takes all rows but the first, where the platform can do that. */
  answer(
    request: FakeRequest,
    credentials: FakeCredentials,
    tools: FakeTools,
    partial: boolean,
  ): FakeAnswer | Promise<FakeAnswer>;
  /** How it reads the fields of those who have an account there, where it is sent hashes. */
  rules?: Readonly<Record<string, FieldRule>>;
  /** The answer that this platform gives when it is asked too often, or fails. */
  failure(status: 429 | 500 | 503): FakeAnswer;
}
