import type { ProfileState } from '../../../core/model/profile-state.ts';
import { trustSeconds } from '../../../core/ports/profile-store.ts';

/** So many are at most a few dozen megabytes. */
const profilesMax = 20_000;
/** A person with more fields than usual is not worth the memory. */
const fieldsMax = 60;

/**
 * For so long (ms) a profile is taken as it was committed here, without a look at its head: a commit on what has changed
 * since is refused. Such a commit leaves a chunk that nobody names, which the second sweep of an erasure must still find:
 * this and a worker's time must be over before that.
 */
export const trustMilliseconds = trustSeconds * 1000;

interface Known {
  state: ProfileState;
  /** Epoch ms. */
  committedAt: number;
}

/**
 * Profiles as this process committed them last, with what identifies them. They may have changed since, and all that
 * belongs to a profile changes together with its head: whoever finds its version in the table knows the rest.
 */
export class KnownProfiles {
  readonly #known = new Map<string, Known>();
  readonly #owners = new Map<string, string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  keep(state: ProfileState): void {
    this.forget(state.id);
    if (Object.keys(state.person.provenance).length > fieldsMax) return;
    this.#known.set(state.id, { state, committedAt: this.#now() });
    for (const { key } of state.person.identifiers) this.#owners.set(key, state.id);
    if (this.#known.size > profilesMax) this.#forgetOldest();
  }

  forget(id: string): void {
    const identifiers = this.#known.get(id)?.state.person.identifiers ?? [];
    this.#known.delete(id);
    for (const { key } of identifiers) if (this.#owners.get(key) === id) this.#owners.delete(key);
  }

  get(id: string): ProfileState | undefined {
    return this.#known.get(id)?.state;
  }

  /** Whether the profile was committed here so lately that it is taken as it was then. */
  isTrusted(id: string): boolean {
    const known = this.#known.get(id);
    return known !== undefined && this.#now() - known.committedAt < trustMilliseconds;
  }

  ownerOf(key: string): string | undefined {
    return this.#owners.get(key);
  }

  #forgetOldest(): void {
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.forget(oldest);
  }
}
