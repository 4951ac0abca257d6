import type { SuppressedChannel, Suppression, SuppressionsByChannel } from '../model/suppression.ts';

export interface KeptSuppression extends Suppression {
  channels: readonly SuppressedChannel[];
  /** Whose identifiers these are, where somebody has them: what destinations hold of them is looked at again. */
  profileId?: string | undefined;
}

/** A suppression, and the keys that it is of. */
export interface KeyedSuppression {
  keys: readonly string[];
  suppression: KeptSuppression;
}

/**
 * Who is not to be reached, by match key: also people whom nobody knows yet, and people who were erased. Only a keyed
 * hash of the key is kept, from which nobody is found.
 */
export interface Suppressions {
  /**
   * Keeps each for each of its keys, one after the other, where nothing newer stands; the same again changes nothing.
   */
  keep(suppressions: readonly KeyedSuppression[]): Promise<void>;
  /** What stands now, by key; keys of which nothing does are left out. */
  of(keys: readonly string[]): Promise<Map<string, SuppressionsByChannel>>;
}

/** The key of a profile itself, beside those of its identifiers. */
export const profileKey = (profileId: string): string => `profileId#${profileId}`;
