import type { ConsentChannel, Profile } from '../../model/profile.ts';
import { type ConsentedMember, passGate } from './consent-gate.ts';

/** What is to be done about one person at one destination. */
export type SyncStep =
  | { operation: 'add'; member: ConsentedMember }
  | { operation: 'remove' }
  | { operation: 'none'; skipped?: 'consent' | 'noIdentifier' };

export interface SyncSituation {
  /** Absent: erased. */
  profile: Profile | undefined;
  /** Does the person belong to the audience now? */
  belongs: boolean;
  /** Is the audience kept at the destination? No: everybody is taken out. */
  active: boolean;
  /** Does the destination hold the person, as far as we told it? */
  held: boolean;
  requiredConsent: readonly ConsentChannel[];
}

/** Decides what a destination must be told: the same for a preview, an activation and every later change. */
export const planSync = ({ profile, belongs, active, held, requiredConsent }: SyncSituation): SyncStep => {
  const gate = profile && belongs && active ? passGate(profile, requiredConsent) : undefined;
  if (gate && 'member' in gate) return held ? { operation: 'none' } : { operation: 'add', member: gate.member };
  if (held) return { operation: 'remove' };
  return gate ? { operation: 'none', skipped: gate.skipped } : { operation: 'none' };
};
