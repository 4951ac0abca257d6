import { unshownSources } from '../../model/consent-source.ts';
import type { ConsentChannel, Profile } from '../../model/profile.ts';
import type { ConsentState, PersonRecord } from '../../model/profile-state.ts';
import type { Skipped } from '../../model/sync-outcome.ts';

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
  readonly state?: string | undefined;
  readonly city?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly gender?: string | undefined;
  /** YYYY-MM-DD. */
  readonly birthDate?: string | undefined;
  readonly advertisingId?: string | undefined;
}

/** By which rules people pass. */
export interface GatePolicy {
  /** `strict`: a yes counts only where something shows it. */
  gdpr: 'strict' | 'standard';
  /** `strict`: nobody is sold or shared before they allow it who is under 16 or of unknown age. */
  ccpa: 'strict' | 'standard';
  /** Whether what is sent there is sold or shared. */
  sharing: boolean;
  /** How certain it must be, 0 to 100, that what is known of a person is of one person. Absent: no matter. */
  minIdentityConfidence?: number;
  /** Fields of profiles that are sent nowhere, by their dotted paths. */
  withheld?: ReadonlySet<string>;
  /** Epoch ms. */
  now: number;
}

/** A person as the gate sees them. */
export interface GateSubject {
  profile: Pick<Profile, 'id' | 'externalIds' | 'attributes'>;
  consents: PersonRecord['consent'];
  suppressed: boolean;
  /** How certain it is, 0 to 100, that all of this is of one person. Absent: nothing was joined. */
  confidence?: number;
}

export type GateResult = { member: ConsentedMember } | { skipped: Exclude<Skipped, 'holdout'> };

/** A browser may say anything; a form, an import or a request with a key leaves more than that. */
const isShown = ({ source, textVersion, textHash, formId, ipHash }: ConsentState): boolean =>
  !unshownSources.has(source) || [textVersion, textHash, formId, ipHash].some(shown => shown !== undefined);

const isGiven = (state: ConsentState | undefined, { gdpr, now }: GatePolicy): boolean =>
  state?.granted === true &&
  (state.expiresAt === undefined || state.expiresAt > now) &&
  (gdpr === 'standard' || isShown(state));

const adultYears = 16;

/** Whether somebody is known to be old enough to be asked to object instead of to agree. */
const isOfAge = (birthDate: string | undefined, now: number): boolean => {
  if (birthDate === undefined) return false;
  const [year = 0, rest = ''] = [Number(birthDate.slice(0, 4)), birthDate.slice(4)];
  return Date.parse(`${String(year + adultYears).padStart(4, '0')}${rest === '-02-29' ? '-03-01' : rest}`) <= now;
};

/** May this person be sold or shared? Who objects never; who must be asked only after a yes. */
const maySell = ({ profile, consents }: GateSubject, policy: GatePolicy): boolean => {
  const { saleSharing } = consents;
  if (saleSharing) return isGiven(saleSharing, policy);
  return policy.ccpa === 'standard' || isOfAge(profile.attributes.birthDate, policy.now);
};

type Sent = Pick<GateSubject['profile'], 'externalIds' | 'attributes'>;

const without = <Part extends object>(part: Part, name: keyof Sent, withheld: ReadonlySet<string>): Part =>
  Object.fromEntries(Object.entries(part).filter(([field]) => !withheld.has(`${name}.${field}`))) as Part;

/** What a rule says is sent nowhere is not known here. */
const withoutWithheld = ({ externalIds, attributes }: Sent, { withheld }: GatePolicy): Sent =>
  withheld === undefined || withheld.size === 0
    ? { externalIds, attributes }
    : {
        externalIds: without(externalIds, 'externalIds', withheld),
        attributes: without(attributes, 'attributes', withheld),
      };

/**
 * Lets a person through who has granted every required consent, is not to be left alone, does not object to being shared
 * where that is what it is, can be told from others at the destination, and is as certainly one person as it asks. Deny
 * by default: what was never asked is not granted.
 */
export const passGate = (
  subject: GateSubject,
  requiredConsent: readonly ConsentChannel[],
  policy: GatePolicy,
): GateResult => {
  const { profile, consents, suppressed, confidence = 100 } = subject;
  const given = requiredConsent.length > 0 && requiredConsent.every(channel => isGiven(consents[channel], policy));
  if (!given || (policy.sharing && !maySell(subject, policy))) return { skipped: 'consent' };
  if (suppressed) return { skipped: 'suppressed' };
  const { externalIds, attributes } = withoutWithheld(profile, policy);
  const { email, phone, customerId } = externalIds;
  if (email === undefined && phone === undefined && customerId === undefined) return { skipped: 'noIdentifier' };
  if (confidence < (policy.minIdentityConfidence ?? 0)) return { skipped: 'lowConfidence' };
  const { firstName, lastName, country, state, city, postalCode, gender, birthDate } = attributes;
  const where = { country, state, city, postalCode };
  const [advertisingId] = externalIds.advertisingIds ?? [];
  const who = { email, phone, customerId, firstName, lastName, gender, birthDate, advertisingId };
  const member = { profileId: profile.id, ...who, ...where };
  return { member: member as ConsentedMember };
};
