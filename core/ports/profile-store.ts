import type { ProfileEdit } from '../engines/profiles/edit-profile.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { NotedChanges } from '../model/attribute-change.ts';
import type { OrderPurchase, OrderState } from '../model/order.ts';
import type { ConsentStatement, ProfileState, Provenance } from '../model/profile-state.ts';

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

/** Why a commit did not happen. */
export type CommitRefusal = IdentifierTaken | ProfileChanged;

/** An order of a profile. */
export interface OrderKey {
  profileId: string;
  orderId: string;
  /** Where the profile has been merged: since which version it is kept apart from what stood before. */
  since?: number | undefined;
}

/** An order with the message that is to own it. */
export interface OrderClaim extends OrderKey {
  purchase: OrderPurchase;
}

/** Events that a profile may have folded already. */
export interface AskedMessages {
  profile: ProfileState;
  events: readonly Pick<AcceptedEvent, 'messageId' | 'timestamp' | 'receivedAt'>[];
}

/** The messages that were folded, each with the id of the event it came with; `undefined` where that has expired. */
export type SeenMessages = ReadonlyMap<string, string | undefined>;

/** One entry of the consent ledger: who said what about which channels, when, and what shows it. */
export type ConsentEntry = ConsentStatement;

/** A state to be committed in place of the one that was read. */
export interface ProfileCommit {
  before: ProfileState;
  after: ProfileState;
  /** Events that the new state has folded, to be kept as one chunk. */
  events?: readonly AcceptedEvent[];
  /** Some of the events were committed before, to whatever profile. */
  again?: boolean;
  /** Whoever searches from now on must see it: it is noted until the snapshot was told of it. */
  recent?: boolean;
  /** Whose request it is; noted beside what it changes. */
  actor?: string;
  /** What was said about consent on the way, oldest word first; where absent, what the states differ in. */
  said?: readonly ConsentStatement[];
  /** Orders that are kept anew together with the state, by order id. */
  orders?: ReadonlyMap<string, OrderState>;
  /** What was written by hand: kept with the events of a profile with members, by which a merge can be undone. */
  edit?: NotedEdit;
}

/** What was written into a profile, under which of its ids. */
export interface NotedEdit {
  named: string;
  /** The match key by which it was found, where nobody named it. */
  via?: string | undefined;
  edit: ProfileEdit;
  by: Provenance;
  /** It was said at `by.at`, and comes not after everything else. */
  said?: boolean;
}

/** What one commit brought. */
export interface PastCommit {
  version: number;
  events: AcceptedEvent[];
  edit?: NotedEdit;
}

export interface ProfilePage {
  ids: string[];
  next?: string;
}

/** The events that a profile has folded, as far as they are still kept. */
export interface ProfileHistory {
  events: AcceptedEvent[];
  /** False where older ones have expired. */
  complete: boolean;
  /** When the profile, and its members, were created before they had events: the first and the last of them, epoch ms. */
  created?: { first: number; last: number };
}

export interface RecalledProfiles {
  owners: Map<string, string>;
  states: Map<string, ProfileState>;
}

/** Profiles with their identifiers, events, orders and consent ledger. Absent is an answer, not an error. */
export interface ProfileStore {
  get(id: string): Promise<ProfileState | undefined>;
  getMany(ids: readonly string[]): Promise<Map<string, ProfileState>>;
  /** Who has these match keys. */
  ownersOf(keys: readonly string[]): Promise<Map<string, string>>;
  /**
   * Who has these match keys, with the states of them and of the profiles named by id, for a commit. A profile that this
   * process committed a moment ago is told as it was then, whatever others did to it since: the commit will be refused.
   * One that it committed earlier, and that nobody changed since, costs no more than a look at its head.
   */
  recall(keys: readonly string[], ids: readonly string[]): Promise<RecalledProfiles>;

  /**
   * Writes a new profile with its claims, or the change of one, in such a way that it happened wholly or not at all.
   * The head's conditional update is the commit; a change of the person, of claims or of orders makes it a transaction.
   *
   * @throws IdentifierTaken @throws ProfileChanged
   */
  commit(commit: ProfileCommit): Promise<void>;
  /**
   * As `commit`, for distinct profiles and in few requests, each committed or refused for itself. Tells in their order
   * why, `undefined` where it happened.
   */
  commitMany(commits: readonly ProfileCommit[]): Promise<(CommitRefusal | undefined)[]>;

  /**
   * Which of these messages each profile has folded already, in the order of the profiles. Every message is found that
   * was folded after it was received or what it tells of happened, or within seven days before; suspicions are
   * confirmed in the chunks.
   */
  seenMessages(asked: readonly AskedMessages[]): Promise<SeenMessages[]>;
  /**
   * Makes each purchase the owner of its order, unless something is kept of it. Tells in their order what is kept where
   * that is not this very purchase alone.
   */
  ownOrders(claims: readonly OrderClaim[]): Promise<(OrderState | undefined)[]>;
  /** What is kept of each of these orders. */
  orders(asked: readonly OrderKey[]): Promise<(OrderState | undefined)[]>;
  /** The ids of all orders that the profile and its members have. */
  orderIds(profile: ProfileState): Promise<string[]>;

  /** Newest first; partitions of the list are merged by time of creation. */
  list(limit: number, cursor?: string, offset?: number, oldestFirst?: boolean): Promise<ProfilePage>;
  /** One of the list's partitions, for work over all profiles. */
  listPartition(partition: number, limit: number, after?: string): Promise<ProfilePage>;

  /** The events of the profile and its members whose chunks their heads name, newest first by event time. */
  events(profile: ProfileState): Promise<AcceptedEvent[]>;
  /**
   * The same events, some at a time, the last commits first. Where older ones have expired one of the pages is not
   * `complete`.
   */
  eventPages(profile: ProfileState): AsyncIterable<Pick<ProfileHistory, 'events' | 'complete'>>;
  /** Those of events that may have happened since then (epoch ms); earlier ones may be among them. */
  eventsSince(profile: ProfileState, since: number): Promise<Pick<ProfileHistory, 'events' | 'complete'>>;
  /** The same events, with what they leave out. */
  history(profile: ProfileState): Promise<ProfileHistory>;
  /** What the commits of the profile itself after a version brought, oldest first; `undefined` where some of it has expired. */
  since(profile: ProfileState, version: number): Promise<PastCommit[] | undefined>;
  /** Also what members said. */
  consentLedger(id: string): Promise<ConsentEntry[]>;
  /** The same, without what was said of those who were merged into it before they were. */
  ownConsentLedger(id: string): Promise<ConsentEntry[]>;
  /** What each commit changed of who somebody is, newest first. */
  attributeHistory(id: string): Promise<NotedChanges[]>;

  /**
   * Marks the profile and its members erased and releases their identifiers, in one step. `anonymised`: what they did goes
   * on counting, as nobody's. @throws ProfileChanged
   */
  erase(profile: ProfileState, at: number, anonymised?: boolean): Promise<void>;
  /**
   * Removes what an erased profile still holds, but what destinations must still be told; with the keys that it was known
   * by also what is found by these alone. Returns how many items.
   */
  sweep(id: string, matchKeys?: readonly string[]): Promise<number>;
  /** How many items each store holds of a person. */
  inventory(id: string, matchKeys: readonly string[]): Promise<Record<string, number>>;
  /** How many of them should not be there any more, once the person was erased. */
  left(id: string, matchKeys: readonly string[]): Promise<Record<string, number>>;
}

/**
 * For so long whoever commits may take a profile as the same process committed it last, without a look at it. What is
 * left behind by a commit that is refused then is found by whoever waits so long.
 */
export const trustSeconds = 15;

/** Over how many partitions lists of profiles, members and recipients are spread. */
export const listPartitions = 16;
