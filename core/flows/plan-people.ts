import type { Audience, Platform } from '../contract/audiences.ts';
import { heldBy } from '../engines/activation/held-by.ts';
import { planSync, type SyncStep } from '../engines/activation/plan-sync.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import { familyOf, type ProfileState } from '../model/profile-state.ts';
import { isBarred } from '../model/suppression.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Recipient } from '../ports/recipient-store.ts';
import { profileKey, type Suppressions } from '../ports/suppressions.ts';

export interface SituationTools {
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

/** By which a person may be suppressed: also by what was said of whoever was merged into it. */
const keysOf = ({ person, ...profile }: ProfileState): string[] => [
  ...familyOf(profile).map(profileKey),
  ...person.identifiers.map(({ key }) => key),
];

/** Decides about people as they are at this moment, read consistently. `records` is what we know to have told. */
export const planPeople = async (
  profileIds: readonly string[],
  { audience, platform, active }: Target,
  records: readonly Recipient[],
  { profiles, memberships, suppressions }: SituationTools,
): Promise<PersonStep[]> => {
  const states = await profiles.getMany(profileIds);
  const stays = await Promise.all(audience.segmentIds.map(id => memberships.ofSegment(id, profileIds)));
  const members = new Set(stays.flatMap(some => some.flatMap(stay => (stay.member ? [stay.profileId] : []))));
  const { url: place = '', requiredConsent = [] } = audience.config[platform] ?? {};
  const standing = await suppressions.of([...states.values()].flatMap(keysOf));
  return profileIds.map(profileId => {
    const state = states.get(profileId);
    const read = records.find(record => record.profileId === profileId);
    const profile = state?.head.life === 'live' ? profileView(state) : undefined;
    const held = heldBy(read);
    const suppressed =
      state !== undefined && keysOf(state).some(key => isBarred(standing.get(key) ?? {}, requiredConsent));
    const belongs = members.has(profileId);
    const step = planSync({ profile, belongs, active, held, place, requiredConsent, suppressed });
    return { profileId, read, erased: profile === undefined, step };
  });
};
