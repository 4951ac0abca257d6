import type { ConsentChannel, Profile } from '../../model/profile.ts';

declare const consented: unique symbol;

/**
 * A person who may be sent. Only the gate below makes one, and destinations take nothing else: so nobody reaches a
 * destination without having passed it.
 */
export interface ConsentedMember {
  readonly [consented]: true;
  readonly profileId: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly customerId?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly country?: string | undefined;
}

/** Why somebody may not be sent. */
export type Skipped = 'consent' | 'suppressed' | 'noIdentifier';
export type GateResult = { member: ConsentedMember } | { skipped: Skipped };

/**
 * Lets a person through who has granted every required consent, is not to be left alone, and can be told from others at
 * the destination. Deny by default: what was never asked is not granted.
 */
export const passGate = (
  profile: Profile,
  requiredConsent: readonly ConsentChannel[],
  suppressed = false,
): GateResult => {
  const granted = requiredConsent.length > 0 && requiredConsent.every(channel => profile.consent[channel] === true);
  if (!granted) return { skipped: 'consent' };
  if (suppressed) return { skipped: 'suppressed' };
  const { email, phone, customerId } = profile.externalIds;
  if (email === undefined && phone === undefined && customerId === undefined) return { skipped: 'noIdentifier' };
  const { firstName, lastName, country } = profile.attributes;
  const member = { profileId: profile.id, email, phone, customerId, firstName, lastName, country };
  return { member: member as ConsentedMember };
};
