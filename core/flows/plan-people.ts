import type { Audience, Platform } from '../contract/audiences.ts';
import type { GateSubject } from '../engines/activation/consent-gate.ts';
import { heldBy } from '../engines/activation/held-by.ts';
import { planSync, type SyncStep } from '../engines/activation/plan-sync.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import type { ConsentChannel } from '../model/profile.ts';
import type { ConsentState, ProfileState } from '../model/profile-state.ts';
import { isBarred, type SuppressionsByChannel } from '../model/suppression.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Recipient } from '../ports/recipient-store.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import { suppressionKeys } from './suppression-keys.ts';

export interface SituationTools {
  profiles: ProfileStore;
  memberships: MembershipStore;
  suppressions: Suppressions;
  settings: { gdprMode: 'strict' | 'standard'; ccpaMode: 'strict' | 'standard' };
  now: () => Date;
}

/** One audience at one platform. */
export interface Target {
  audience: Audience;
  platform: Platform;
  /** Is it kept there? No: everybody is taken out. */
  active: boolean;
}

/** What is to be done about one person, and by which record of them. */
export interface PersonStep {
  profileId: string;
  read: Recipient | undefined;
  erased: boolean;
  step: SyncStep;
}

/** Decides about people as they are at this moment, read consistently. `records` is what we know to have told. */
export const planPeople = async (
  profileIds: readonly string[],
  { audience, platform, active }: Target,
  records: readonly Recipient[],
  { profiles, memberships, suppressions, settings, now }: SituationTools,
): Promise<PersonStep[]> => {
  const states = await profiles.getMany(profileIds);
  const stays = await Promise.all(audience.segmentIds.map(id => memberships.ofSegment(id, profileIds)));
  const members = new Set(stays.flatMap(some => some.flatMap(stay => (stay.member ? [stay.profileId] : []))));
  const { url: place = '', requiredConsent = [], sharing = false } = audience.config[platform] ?? {};
  const policy = { gdpr: settings.gdprMode, ccpa: settings.ccpaMode, sharing, now: now().getTime() };
  const standing = await suppressions.of([...states.values()].flatMap(suppressionKeys));
  return profileIds.map(profileId => {
    const state = states.get(profileId);
    const read = records.find(record => record.profileId === profileId);
    const person = state?.head.life === 'live' ? subjectOf(state, standing, requiredConsent) : undefined;
    const held = heldBy(read);
    const belongs = members.has(profileId);
    const step = planSync({ person, belongs, active, held, place, requiredConsent, policy });
    return { profileId, read, erased: person === undefined, step };
  });
};

const subjectOf = (
  state: ProfileState,
  standing: ReadonlyMap<string, SuppressionsByChannel>,
  requiredConsent: readonly ConsentChannel[],
): GateSubject => {
  const { consent } = state.person;
  const suppressed = suppressionKeys(state).some(key =>
    isBarred(withoutEnded(standing.get(key) ?? {}, consent.email), requiredConsent),
  );
  return { profile: profileView(state), consents: consent, suppressed };
};

/** Who unsubscribed and has asked for e-mail again since, by more than an event, is not to be left alone any more. */
const withoutEnded = (standing: SuppressionsByChannel, email: ConsentState | undefined): SuppressionsByChannel => {
  const { email: suppression, ...others } = standing;
  const isEnded =
    suppression?.reason === 'email_unsubscribe' &&
    email?.granted === true &&
    email.source !== 'event' &&
    email.at > suppression.at;
  return isEnded ? others : standing;
};
