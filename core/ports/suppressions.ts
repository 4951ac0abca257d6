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

/** What stands of one key, without the key. */
export interface ListedSuppression {
  /** A keyed hash. */
  id: string;
  version: number;
  /** The type of the identifier, `profileId`, or `sha256`. */
  kind: string;
  profileId?: string | undefined;
  channels: SuppressionsByChannel;
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
  /** Whose word is newest first. */
  page(limit: number, cursor?: string): Promise<{ items: ListedSuppression[]; next?: string }>;
  get(id: string): Promise<ListedSuppression | undefined>;
  /** The ids of these keys. */
  idsOf(keys: readonly string[]): Promise<string[]>;
  /** Removes what stands, as it was read; refused (false) where something else stands by now. */
  remove(read: ListedSuppression): Promise<boolean>;
}

/** The key of the SHA-256 of an address or a number. */
export const sha256Key = (hex: string): string => `sha256#${hex}`;

/** Asks for what stands of a text by its SHA-256 alone, where somebody was suppressed in that way. */
export const textKey = (text: string): string => `text#${text}`;

/** The key of a profile itself, beside those of its identifiers. */
export const profileKey = (profileId: string): string => `profileId#${profileId}`;
