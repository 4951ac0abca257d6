import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { ConsentChannel } from '../model/profile.ts';
import type { ProfileState } from '../model/profile-state.ts';

/** An identifier that the write needs belongs to another profile. */
export class IdentifierTaken extends Error {
  override readonly name = 'IdentifierTaken';
  readonly key: string;
  readonly profileId: string;
  constructor(key: string, profileId: string) {
    super(`${key.split('#', 1)[0]} belongs to ${profileId}`);
    this.key = key;
    this.profileId = profileId;
  }
}

/** The profile changed, was merged or was erased since it was read: read again, decide again. */
export class ProfileChanged extends Error {
  override readonly name = 'ProfileChanged';
}

/** One entry of the consent ledger: who said what about which channels, when. */
export interface ConsentEntry {
  at: number;
  source: string;
  changes: Partial<Record<ConsentChannel, boolean>>;
}

/** A state to be committed in place of the one that was read. */
export interface ProfileCommit {
  before: ProfileState;
  after: ProfileState;
  /** Events that the new state has folded, to be kept as one chunk. */
  events?: readonly AcceptedEvent[];
  /** Order ids with the messages that own their revenue; of a new profile, where nobody can own an order yet. */
  orders?: ReadonlyMap<string, string>;
}

export interface ProfilePage {
  ids: string[];
  next?: string;
}

/** Profiles with their identifiers, events, orders and consent ledger. Absent is an answer, not an error. */
export interface ProfileStore {
  get(id: string): Promise<ProfileState | undefined>;
  getMany(ids: readonly string[]): Promise<Map<string, ProfileState>>;
  /** Who has these match keys. */
  ownersOf(keys: readonly string[]): Promise<Map<string, string>>;

  /**
   * Writes a new profile with its claims, or the change of one, in such a way that it happened wholly or not at all.
   * The head's conditional update is the commit; a change of the person or of claims makes it a transaction.
   *
   * @throws IdentifierTaken @throws ProfileChanged
   */
  commit(commit: ProfileCommit): Promise<void>;

  /** Which of these messages the profile has folded already; suspicions of the ring are confirmed in the chunks. */
  seenMessages(profile: ProfileState, messageIds: readonly string[]): Promise<Set<string>>;
  /** Makes the message the owner of the order's revenue, unless another one is. */
  ownOrder(profileId: string, orderId: string, messageId: string): Promise<boolean>;

  /** Newest first; partitions of the list are merged by time of creation. */
  list(limit: number, cursor?: string, offset?: number): Promise<ProfilePage>;
  /** One of the list's partitions, for work over all profiles. */
  listPartition(partition: number, limit: number, after?: string): Promise<ProfilePage>;

  /** The profile's events whose chunks the head names, newest first by event time. */
  events(profile: ProfileState): Promise<AcceptedEvent[]>;
  consentLedger(id: string): Promise<ConsentEntry[]>;

  /** Marks the profile erased and releases its identifiers, in one step. @throws ProfileChanged */
  erase(profile: ProfileState, at: number): Promise<void>;
  /** Removes what an erased profile still holds, but what destinations must still be told. Returns how many items. */
  sweep(id: string): Promise<number>;
}

/** Over how many partitions lists of profiles, members and recipients are spread. */
export const listPartitions = 16;
