import type { ScoringModels } from '../engines/intelligence/score-customer.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { ErasedKeys } from '../ports/erased-keys.ts';
import type { IdentityStore } from '../ports/identity-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Quarantine } from '../ports/quarantine.ts';
import type { Cached } from './cached.ts';

export interface FoldTools {
  profiles: ProfileStore;
  quarantine: Quarantine;
  /** Where it is noted that people were named together. */
  identity: Pick<IdentityStore, 'noteTies'>;
  identityConfig: Cached<IdentityConfig>;
  /** What erased people were known by. */
  erasedKeys: Pick<ErasedKeys, 'among'>;
  accountCurrency: string;
  /** The models that tell what is predicted; absent: nobody predicts. */
  scoring?: Cached<ScoringModels>;
  /** Events of people who have not agreed to tracking are kept aside, but for those of these types. Absent: none are. */
  consentRequired?: boolean;
  consentExempt?: readonly string[];
  newId: (prefix: string) => string;
  now: () => Date;
}

/** Why an event was not stored. */
export type Fate = 'duplicate' | 'quarantined' | 'refused';

/** What became of the events of a window: every one is in exactly one of these. */
export interface FoldOutcome {
  stored: number;
  /** Folded before, or brought by another event of this window. */
  duplicates: number;
  quarantined: number;
  /** Of erased people: counted, not kept. */
  refused: number;
  /**
   * What became of the events that are not stored, by event id; every other one is, by this window or an earlier
   * delivery of it, or failed.
   */
  fates: Map<string, Fate>;
  /** Of duplicates, the event that brought the message before. */
  originals: Map<string, string>;
  /** Lost too many races; to be tried again. */
  failed: AcceptedEvent[];
}

/** Why an event is kept aside that names a profile which is not there. */
export const profileNotFound = 'profile_not_found';

/** Why an event is kept aside whose person has not agreed to tracking. */
export const consentMissing = 'consent_required';

/** Keeps aside the events that have a reason to be; returns the others. */
export const setAside = async (
  events: readonly AcceptedEvent[],
  reasonOf: (event: AcceptedEvent) => string | undefined,
  outcome: FoldOutcome,
  { quarantine }: FoldTools,
): Promise<AcceptedEvent[]> => {
  const judged = events.map(event => ({ event, reason: reasonOf(event) }));
  const aside = judged.flatMap(({ event, reason }) => (reason === undefined ? [] : [{ event, reason }]));
  if (aside.length > 0) await quarantine.add(aside);
  outcome.quarantined += aside.length;
  for (const { event } of aside) outcome.fates.set(event.id, 'quarantined');
  return judged.flatMap(({ event, reason }) => (reason === undefined ? [event] : []));
};
