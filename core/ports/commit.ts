import type { MergeStatus } from '../model/merge-record.ts';
import type { ProfilePair } from '../model/profile-pair.ts';
import type { Head, PersonRecord } from '../model/profile-state.ts';
import type { Membership } from './membership-store.ts';

/** The documents whose changes something follows from. */
export type DocumentKind = 'segment' | 'audience' | 'trait' | 'job' | 'webhook';

interface Told<Kind extends string, State> {
  kind: Kind;
  sequence: string;
  /** What stood before and after; equal where a write changed nothing. */
  before: State | undefined;
  after: State | undefined;
}

/** What a committed change of the table means to those who follow it; changes that mean nothing to them are not told. */
export type Commit =
  | (Told<'head', Head> & { profileId: string })
  | (Told<'person', PersonRecord> & { profileId: string })
  | Told<'membership', Membership>
  /** An event of one profile named an identifier of another. */
  | { kind: 'tie'; sequence: string; profileId: string; otherId: string }
  | Told<'pair', ProfilePair>
  /** `before` and `after`: why it is kept aside, absent where it is not. */
  | (Told<'quarantined', string> & { day: string; eventId: string })
  /** Somebody is to be left alone from now on, or not any more. */
  | { kind: 'suppression'; sequence: string; profileId: string }
  /** A merge has begun, is over, or is being undone. */
  | { kind: 'merge'; sequence: string; mergeId: string; status: MergeStatus }
  /** `isNew`: it came to be, or it waits no longer. The documents themselves are as their collections keep them. */
  | (Told<'document', unknown> & { document: DocumentKind; id: string; isNew: boolean });
