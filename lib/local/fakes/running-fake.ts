import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { readState, writeState } from '../state-file.ts';
import { type Account, addAccounts } from './accounts.ts';
import type { Fake, FakeAnswer, FakeCredentials, FakeRequest, FakeTools } from './fake.ts';
import { FakeStore } from './fake-store.ts';
import { FaultPlan } from './fault-plan.ts';

/** An answer that never comes, or comes too late. */
export type Outcome = { answer: FakeAnswer } | { silent: 'drop' | 'slow' };

const isRead = ({ method, path }: FakeRequest): boolean => method === 'GET' || path.endsWith('/token');

const rowsIn = (body: unknown): number | undefined => {
  const found = Object.values((body ?? {}) as object).flatMap((value: unknown) =>
    Array.isArray(value) ? [value.length] : [],
  );
  const { payload } = (body ?? {}) as { payload?: { data?: unknown[] } };
  return payload?.data?.length ?? (found.length > 0 ? Math.max(...found) : undefined);
};

/** A stand-in with its store, its credentials and what is to go wrong with it. */
export class RunningFake {
  readonly fake: Fake;
  readonly store: FakeStore;
  readonly credentials: FakeCredentials;
  readonly faults = new FaultPlan();
  readonly #tools: FakeTools;

  private constructor(fake: Fake, store: FakeStore, credentials: FakeCredentials) {
    this.fake = fake;
    this.store = store;
    this.credentials = credentials;
    this.#tools = { store, now: Date.now, newId: () => String(randomInt(1, 2 ** 47)) };
  }

  static async open(fake: Fake, directory: string): Promise<RunningFake> {
    const folder = join(directory, fake.name);
    const store = new FakeStore(folder);
    const file = join(folder, 'credentials.json');
    const known = readState<FakeCredentials>(file);
    const credentials = known ?? (await fake.credentials());
    if (!known) writeState(file, credentials);
    return new RunningFake(fake, store, credentials);
  }

  addAccounts(accounts: readonly Account[]): void {
    addAccounts(accounts, this.fake.rules ?? {}, this.store);
  }

  async take(request: FakeRequest): Promise<Outcome> {
    const fault = isRead(request) ? undefined : this.faults.take();
    if (fault === 'drop' || fault === 'slow') return { silent: fault };
    const status =
      fault === '429' || fault === '500' || fault === '503' ? (Number(fault) as 429 | 500 | 503) : undefined;
    const answer =
      status === undefined
        ? await this.fake.answer(request, this.credentials, this.#tools, fault === 'partial')
        : this.fake.failure(status);
    this.#note(request, answer);
    return fault === 'lost' ? { silent: 'drop' } : { answer };
  }

  #note({ method, path, body }: FakeRequest, { status, body: told }: FakeAnswer): void {
    const error = status < 300 ? undefined : JSON.stringify(told).slice(0, 500);
    this.store.note({ at: new Date().toISOString(), method, path, status, rows: rowsIn(body), error });
  }
}
