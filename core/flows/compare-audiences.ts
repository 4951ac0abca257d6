import type { Audience } from '../contract/audiences.ts';
import { notFound } from '../errors.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { belongingIn } from './audience-people.ts';

interface CompareTools {
  audiences: Collection<Audience>;
  memberships: MembershipStore;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100);

/** How many people two audiences share, one partition at a time. @throws Problem `NOT_FOUND` */
export const compareAudiences = async (id: string, otherId: string, tools: CompareTools) => {
  const [audience, other] = await Promise.all([tools.audiences.get(id), tools.audiences.get(otherId)]);
  if (!audience) throw notFound('Audience', id);
  if (!other) throw notFound('Audience', otherId);
  let [a, b, intersection] = [0, 0, 0];
  for (let partition = 0; partition < listPartitions; partition += 1) {
    const [own, others] = await Promise.all([
      belongingIn(audience, partition, tools),
      belongingIn(other, partition, tools),
    ]);
    a += own.size;
    b += others.size;
    for (const profileId of own) if (others.has(profileId)) intersection += 1;
  }
  const union = a + b - intersection;
  return {
    a: { id, size: a },
    b: { id: otherId, size: b },
    intersection,
    jaccard: union === 0 ? 0 : intersection / union,
    pctOfA: share(intersection, a),
    pctOfB: share(intersection, b),
  };
};
