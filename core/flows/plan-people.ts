import type { Audience } from '../contract/audiences.ts';
import { belongsTo } from '../engines/activation/belongs-to.ts';
import type { GateSubject } from '../engines/activation/consent-gate.ts';
import { heldBy } from '../engines/activation/held-by.ts';
import { isHeldOut } from '../engines/activation/is-held-out.ts';
import { planSync, type SyncStep } from '../engines/activation/plan-sync.ts';
import { platforms } from '../engines/activation/platforms/platforms.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import type { Platform } from '../model/platform-config.ts';
import type { ConsentChannel } from '../model/profile.ts';
import type { ConsentState, ProfileState } from '../model/profile-state.ts';
import { isBarred, type SuppressionsByChannel } from '../model/suppression.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Recipient } from '../ports/recipient-store.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import { type ConfidenceTools, identityConfidence } from './identity-confidence.ts';
import { type RulesTools, rulesAt } from './rules-at.ts';
import { suppressionKeys } from './suppression-keys.ts';

export interface SituationTools extends ConfidenceTools, RulesTools {
  profiles: ProfileStore;
  memberships: MembershipStore;
  suppressions: Suppressions;
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
  tools: SituationTools,
): Promise<PersonStep[]> => {
  const { profiles, suppressions } = tools;
  const states = await profiles.getMany(profileIds);
  const segmentsOf = await segmentsNow(profileIds, audience, tools);
  const { requiredConsent, policy, place, findable } = await rulesAt(audience, platform, tools);
  const sync = audience.syncs.find(one => one.platform === platform);
  const standing = await suppressions.of([...states.values()].flatMap(suppressionKeys));
  const confidences = await identityConfidence([...states.values()], policy.minIdentityConfidence ?? 0, tools);
  const byPerson = new Map(records.map(record => [record.profileId, record]));
  return profileIds.map(profileId => {
    const state = states.get(profileId);
    const read = byPerson.get(profileId);
    const confidence = confidences.get(profileId) ?? 100;
    const person =
      state?.head.life === 'live' ? { ...subjectOf(state, standing, requiredConsent), confidence } : undefined;
    const held = heldBy(read, sync);
    const belongs = belongsTo(audience, segmentsOf(profileId));
    const heldOut = isHeldOut(audience.id, profileId, audience.holdoutPercent ?? 0);
    const where = { place, sends: platforms[platform].sends, findable };
    const step = planSync({ person, belongs, active, heldOut, held, ...where, requiredConsent, policy });
    return { profileId, read, erased: person === undefined, step };
  });
};

/** Which of an audience’s segments each person is in at this moment. */
const segmentsNow = async (
  profileIds: readonly string[],
  { segmentIds, excludeSegmentIds = [] }: Audience,
  { memberships }: Pick<SituationTools, 'memberships'>,
): Promise<(profileId: string) => ReadonlySet<string>> => {
  const asked = [...new Set([...segmentIds, ...excludeSegmentIds])];
  const stays = (await Promise.all(asked.map(id => memberships.ofSegment(id, profileIds)))).flat();
  const byPerson = new Map<string, Set<string>>();
  for (const { profileId, segmentId, member } of stays) {
    if (member) byPerson.set(profileId, (byPerson.get(profileId) ?? new Set()).add(segmentId));
  }
  return profileId => byPerson.get(profileId) ?? new Set();
};

/** A person as the gate sees them. */
export const subjectOf = (
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
