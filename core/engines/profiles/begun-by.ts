import type { PersonRecord, ProfileState } from '../../model/profile-state.ts';

/**
 * The profile as of `at` (epoch ms), where that is before everything that was known of it: what is replayed comes in the
 * order in which it happened, and the first that comes need not be the first that was committed.
 *
 * `begunBy(profile of 12:00, 11:00)` → the profile of 11:00
 */
export const begunBy = (profile: ProfileState, at: number): ProfileState => {
  const { head, person } = profile;
  if (at >= head.createdAt) return profile;
  const updatedAt = person.updatedAt === head.createdAt ? Math.max(at, lastSaid(person)) : person.updatedAt;
  return { ...profile, head: { ...head, createdAt: at }, person: { ...person, updatedAt } };
};

const lastSaid = ({ provenance, consent, identifiers }: PersonRecord): number =>
  Math.max(
    Number.NEGATIVE_INFINITY,
    ...Object.values(provenance).map(({ at }) => at),
    ...Object.values(consent).flatMap(state => state?.at ?? []),
    ...identifiers.map(({ firstSeenAt }) => firstSeenAt),
  );
