import type { MergeRecord, MergeSummary } from '../model/merge-record.ts';
import type { OrderState } from '../model/order.ts';
import type { ConsentStatement, ProfileState } from '../model/profile-state.ts';
import type { PastCommit } from './profile-store.ts';

/** A profile as it was read, and as it is to stand. */
export interface StateChange {
  before: ProfileState;
  after: ProfileState;
}

/** What changes hands between two profiles. */
export interface Handover {
  from: string;
  to: string;
  /** Match keys. */
  claims: readonly string[];
  /** Profiles that were merged into the one and are a part of the other from now on. */
  members: readonly string[];
}

/** What one of two profiles has of all that came after their merge, when that is undone. */
export interface StagedPast {
  /** As it stood before the merge. */
  before: ProfileState;
  /** As it is to stand. */
  after: ProfileState;
  commits: readonly PastCommit[];
  /** What these commits say of consent, in their order. */
  said: readonly ConsentStatement[];
  /** Of what these commits tell of orders: what is to be kept, by order id. */
  orders: ReadonlyMap<string, OrderState>;
  /** The consent ledger after this version is replaced. */
  replacesAfter?: number | undefined;
}

/** Two profiles that become one, or one that becomes two again, with the record of it. */
export interface PairChange {
  record: MergeRecord;
  primary: StateChange;
  secondary: StateChange;
  handover: Handover;
}

export interface MergePage {
  items: MergeSummary[];
  nextCursor?: string;
}

/** Merges, and the records of them. */
export interface MergeStore {
  get(id: string): Promise<MergeRecord | undefined>;
  /** Newest first; with `profileId` those that it took part in. */
  page(query: { profileId?: string | undefined; limit: number; cursor?: string | undefined }): Promise<MergePage>;
  /** Whether a pair change fits into one commit. */
  fitsOneCommit(change: PairChange): boolean;
  /**
   * Makes everybody else wait for both profiles until the record says that it is over: its work takes several steps.
   * Returns the states that are held. @throws ProfileChanged
   */
  hold(record: MergeRecord, states: readonly ProfileState[]): Promise<ProfileState[]>;
  /** Hands over what still is with `from`; may be done any number of times, of profiles that are held. */
  handOver(handover: Handover): Promise<void>;
  /** Commits both profiles with their record, wholly or not at all. What was handed over before is left out. @throws ProfileChanged */
  commit(change: PairChange, handedOver?: boolean): Promise<void>;
  /**
   * Writes what a held profile gets back of its past; nobody sees it before the commit. Returns the state that has it.
   */
  stage(past: StagedPast): Promise<ProfileState>;
  /** Removes what a merge that was undone has left behind; returns how many items. */
  clean(record: MergeRecord): Promise<number>;
}
