/** A profile's own key. What it has sealed can be read as long as the key is there. */
export interface ProfileSeal {
  /** `bound`: what the text belongs to; opening it needs the same. */
  seal(text: string, bound: string): string;
  /** @throws Error for what this key has not sealed */
  open(sealed: string, bound: string): string;
  /** Equal for equal values of this profile; tells nothing without the key. */
  pseudonym(value: string): string;
}

/**
 * The keys of profiles, by id, in a table of their own of which no older state is kept: once a key is destroyed, nobody
 * reads what it sealed, in whatever copy it stands.
 */
export interface ProfileSeals {
  /** A key is made where there is none; a profile whose key was destroyed has none and gets none. */
  toSeal(profileIds: readonly string[]): Promise<Map<string, ProfileSeal>>;
  /** Of those that are there. */
  toOpen(profileIds: readonly string[]): Promise<Map<string, ProfileSeal>>;
  destroy(profileId: string): Promise<void>;
}
