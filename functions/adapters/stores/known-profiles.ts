import type { ProfileState } from '../../../core/model/profile-state.ts';

/** So many are at most a few dozen megabytes. */
const profilesMax = 20_000;
/** A person with more fields than usual is not worth the memory. */
const fieldsMax = 60;

/**
 * Profiles as this process committed them last, with what identifies them. They may have changed since, and all that
 * belongs to a profile changes together with its head: whoever finds its version in the table knows the rest.
 */
export class KnownProfiles {
  readonly #known = new Map<string, ProfileState>();
  readonly #owners = new Map<string, string>();

  keep(state: ProfileState): void {
    this.forget(state.id);
    if (Object.keys(state.person.provenance).length > fieldsMax) return;
    this.#known.set(state.id, state);
    for (const { key } of state.person.identifiers) this.#owners.set(key, state.id);
    if (this.#known.size > profilesMax) this.#forgetOldest();
  }

  forget(id: string): void {
    const identifiers = this.#known.get(id)?.person.identifiers ?? [];
    this.#known.delete(id);
    for (const { key } of identifiers) if (this.#owners.get(key) === id) this.#owners.delete(key);
  }

  get(id: string): ProfileState | undefined {
    return this.#known.get(id);
  }

  ownerOf(key: string): string | undefined {
    return this.#owners.get(key);
  }

  #forgetOldest(): void {
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.forget(oldest);
  }
}
