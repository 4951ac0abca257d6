import { optOutSources, withdrawingSources } from '../../model/consent-source.ts';
import type { ConsentDecision, ConsentMergePolicy } from '../../model/merge-record.ts';
import type { ConsentPurpose } from '../../model/profile.ts';
import type { ConsentState, PersonRecord } from '../../model/profile-state.ts';

/** What somebody said of channels at some time, epoch ms. */
interface Statement {
  at: number;
  changes: Partial<Record<ConsentPurpose, boolean>>;
}

/** What stands of one person's consents, and all that was said before. */
export interface ConsentSide {
  consent: PersonRecord['consent'];
  ledger: readonly Statement[];
}

interface ConsentMerge {
  policy: ConsentMergePolicy;
  /** 100: it is certain that both are one person. */
  score: number;
}

export interface CombinedConsent {
  consent: PersonRecord['consent'];
  decisions: ConsentDecision[];
}

const certain = 100;

/**
 * The consents of two people who are one, channel by channel. By `permissive_safe` a grant on either side survives a no
 * that never was a yes, but not a withdrawal that is newer, nor an objection, nor a merge that is not certain: then the
 * two may be two people, and one's yes does not bind the other: it survives only where both said it.
 */
export const combineConsent = (primary: ConsentSide, secondary: ConsentSide, merge: ConsentMerge): CombinedConsent => {
  const names = new Set([...Object.keys(primary.consent), ...Object.keys(secondary.consent)]) as Set<ConsentPurpose>;
  const decisions = [...names].flatMap(channel => decide(channel, primary, secondary, merge) ?? []);
  const consent = Object.fromEntries(decisions.flatMap(({ channel, state }) => (state ? [[channel, state]] : [])));
  return { consent, decisions: decisions.map(({ state: _state, ...decision }) => decision) };
};

/** Without a state where nothing stands. */
type Decided = ConsentDecision & { state?: ConsentState };

const decide = (
  channel: ConsentPurpose,
  primary: ConsentSide,
  secondary: ConsentSide,
  merge: ConsentMerge,
): Decided | undefined => {
  const [one, other] = [primary.consent[channel], secondary.consent[channel]];
  const decided = (from: 'primary' | 'secondary', reason: ConsentDecision['reason']): Decided | undefined => {
    const state = from === 'primary' ? one : other;
    if (!state) return undefined;
    const { granted, ...proof } = state;
    return { channel, granted, from, reason, proof, state };
  };
  if (!one || !other) return unlessDoubtful(decided(one ? 'primary' : 'secondary', 'only_side'), merge);
  const newer = isLater(one, other) ? 'primary' : 'secondary';
  if (one.granted === other.granted) return decided(newer, 'same');
  const granting = one.granted ? 'primary' : 'secondary';
  const refusing = one.granted ? 'secondary' : 'primary';
  const [grant, refusal] = one.granted ? [one, other] : [other, one];
  const ledger = (one.granted ? secondary : primary).ledger;
  const reason = reasonOf({ channel, grant, refusal, ledger }, merge);
  if (reason === 'latest') return decided(newer, reason);
  return decided(reason === 'grant_survives' || reason === 'permissive' ? granting : refusing, reason);
};

/** A yes that only one of two has said who may be two people is not taken over: nothing stands in its place. */
const unlessDoubtful = (alone: Decided | undefined, { policy, score }: ConsentMerge): Decided | undefined => {
  const isDoubtful = score < certain && (policy === 'permissive_safe' || policy === 'restrictive');
  if (!alone?.granted || !isDoubtful) return alone;
  const { state: _state, ...decision } = alone;
  return { ...decision, granted: false, reason: 'not_deterministic' };
};

interface Disagreement {
  channel: ConsentPurpose;
  grant: ConsentState;
  refusal: ConsentState;
  /** Of whoever refuses. */
  ledger: readonly Statement[];
}

const reasonOf = (disagreement: Disagreement, { policy, score }: ConsentMerge): ConsentDecision['reason'] => {
  const { channel, grant, refusal } = disagreement;
  /** Nothing that somebody agreed to elsewhere stands against an objection to sale and sharing. */
  if (channel === 'saleSharing' || optOutSources.has(refusal.source)) return 'opted_out';
  if (policy === 'permissive') return 'permissive';
  if (policy === 'restrictive') return 'restrictive';
  if (policy === 'latest_explicit') return 'latest';
  if (score < certain) return 'not_deterministic';
  return isWithdrawal(disagreement) && isLater(refusal, grant) ? 'withdrawn_later' : 'grant_survives';
};

/** A no that once was a yes, or that somebody took the trouble to say. */
const isWithdrawal = ({ channel, refusal, ledger }: Disagreement): boolean =>
  withdrawingSources.has(refusal.source) ||
  ledger.some(({ at, changes }) => changes[channel] === true && at <= refusal.at);

/** Of two words at one time the one with the larger id is the later. */
const isLater = (one: ConsentState, other: ConsentState): boolean =>
  one.at > other.at || (one.at === other.at && one.id >= other.id);
