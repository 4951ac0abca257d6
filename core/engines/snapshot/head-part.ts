import type { Profile } from '../../model/profile.ts';
import type { Head } from '../../model/profile-state.ts';
import type { SnapshotPart } from '../../model/snapshot-part.ts';
import { inCents } from './in-cents.ts';

const epoch = (instant: string | undefined): number | null => (instant === undefined ? null : Date.parse(instant));

/** What a committed head tells the snapshot; of a profile that is gone nothing but that. */
export const headPart = (id: string, head: Head, view: Pick<Profile, 'computed' | 'createdAt'>): SnapshotPart => {
  const { version: head_version, life, updatedAt: updated_at } = head;
  if (life !== 'live') return { id, head_version, life, updated_at };
  const { computed } = view;
  const [ltv, aov] = [inCents(computed.ltv), inCents(computed.aov)];
  return {
    id,
    head_version,
    life,
    created_at: epoch(view.createdAt),
    updated_at,
    events: head.counters.events,
    ltv_cents: ltv.cents,
    ltv_exact: ltv.exact,
    aov_cents: aov.cents,
    aov_exact: aov.exact,
    purchase_count: computed.purchaseCount,
    churn_risk: computed.churnRisk,
    engagement_score: computed.engagementScore,
    ltv_12m: computed.ltv12m ?? null,
    purchase_propensity: computed.purchasePropensity ?? null,
    first_seen_at: epoch(computed.firstSeenDate),
    last_seen_at: epoch(computed.lastSeenDate),
    last_purchase_at: epoch(computed.lastPurchaseDate),
  };
};
