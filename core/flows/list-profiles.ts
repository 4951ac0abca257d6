import type { Profile } from '../model/profile.ts';
import type { Paged } from '../ports/collection.ts';
import type { CounterStore } from '../ports/counters.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { showProfiles } from './show-profiles.ts';

interface ListTools {
  profiles: ProfileStore;
  memberships: MembershipStore;
  counters: CounterStore;
}

/**
 * Profiles, newest first unless asked otherwise. The list may name one that was erased a moment ago, which is left out. The total follows
 * commits within seconds; it is never less than what is shown.
 */
export const listProfiles = async (
  { limit, cursor, offset, oldestFirst }: Paged & { oldestFirst?: boolean },
  { profiles, memberships, counters }: ListTools,
): Promise<{ items: Profile[]; total: number; nextCursor?: string }> => {
  const [{ ids, next }, totals] = await Promise.all([
    profiles.list(limit, cursor, offset, oldestFirst),
    counters.totals(),
  ]);
  const states = await profiles.getMany(ids);
  const live = ids.flatMap(id => states.get(id) ?? []).filter(({ head }) => head.life === 'live');
  const items = await showProfiles(live, { memberships });
  const shown = (offset ?? 0) + items.length;
  const total = items.length === 0 ? totals.profiles : Math.max(totals.profiles, shown);
  return { items, total, ...(next === undefined ? {} : { nextCursor: next }) };
};
