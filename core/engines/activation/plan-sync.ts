import type { ConsentChannel } from '../../model/profile.ts';
import type { Skipped } from '../../model/sync-outcome.ts';
import { type ConsentedMember, type GatePolicy, type GateSubject, passGate } from './consent-gate.ts';
import { type MemberField, memberDigest } from './member-digest.ts';

/** What is to be done about one person at one destination. */
export type SyncStep =
  | { operation: 'add'; member: ConsentedMember; digest: string }
  | { operation: 'remove' }
  /** `member`: the destination has this person already, as they are. */
  | { operation: 'none'; skipped?: Skipped; member?: ConsentedMember };

/**
 * What a destination holds of a person, as far as we told it, `same` where nobody looks for changes; `unknown` while an
 * answer to us may have been lost.
 */
export type Held = { state: 'yes'; digest?: string | undefined; same?: true } | { state: 'no' } | { state: 'unknown' };

export interface SyncSituation {
  /** Absent: erased. */
  person: GateSubject | undefined;
  /** Does the person belong to the audience now? */
  belongs: boolean;
  /** Is the person held back, to be compared with those who are sent? */
  heldOut: boolean;
  /** Is the audience kept at the destination? No: everybody is taken out. */
  active: boolean;
  held: Held;
  /** Where the destination is: what one place was told, another does not know. */
  place: string;
  /** What the destination is sent of people: a change of anything else is none for it. */
  sends?: readonly MemberField[] | undefined;
  requiredConsent: readonly ConsentChannel[];
  /** Can the destination find this person by what may be sent of them? Absent: everybody. */
  findable?: ((member: ConsentedMember) => boolean) | undefined;
  policy: GatePolicy;
}

/** Decides what a destination must be told: the same for a preview, an activation and every later change. */
export const planSync = (situation: SyncSituation): SyncStep => {
  const { held, place, sends } = situation;
  const gate = gateOf(situation);
  if (gate && 'member' in gate) {
    const digest = memberDigest(gate.member, place, sends);
    const current = held.state === 'yes' && (held.same || held.digest === digest);
    return current ? { operation: 'none', member: gate.member } : { operation: 'add', member: gate.member, digest };
  }
  if (held.state !== 'no') return { operation: 'remove' };
  return gate ? { operation: 'none', skipped: gate.skipped } : { operation: 'none' };
};

/** Whoever is held back would have passed: only so can they be compared with those who are sent. */
const gateOf = ({ person, belongs, active, heldOut, requiredConsent, findable, policy }: SyncSituation) => {
  if (!person || !belongs || !active) return undefined;
  const gate = passGate(person, requiredConsent, policy);
  if (!('member' in gate)) return gate;
  if (findable && !findable(gate.member)) return { skipped: 'noIdentifier' as const };
  return heldOut ? { skipped: 'holdout' as const } : gate;
};
