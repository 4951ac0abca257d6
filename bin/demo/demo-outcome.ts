import Big from 'big.js';
import type { Audience } from '../../core/contract/audiences.ts';
import type { Client } from '../../core/contract/client.ts';
import type { Segment } from '../../core/contract/segments.ts';
import { inPages } from './in-pages.ts';

/** What the platform tells of the demo, once it has worked everything off. */
export interface DemoOutcome {
  profiles: number;
  customers: number;
  visitors: number;
  /** Exact decimal. */
  revenue: string;
  orders: number;
  segments: { name: string; members: number }[];
  audience?: { there: number; withoutConsent: number } | undefined;
}

/** Adds up everybody who came with the demo. */
const peopleOf = async (client: Client) => {
  const outcome = { profiles: 0, customers: 0, visitors: 0, revenue: new Big(0), orders: 0 };
  for await (const { externalIds, computed } of inPages(cursor =>
    client.listProfiles({ query: { limit: 1000, cursor } }),
  )) {
    const isCustomer = externalIds.customerId?.startsWith('demo-') ?? false;
    if (!isCustomer && !externalIds.anonymousIds?.some(id => id.startsWith('demo-'))) continue;
    outcome.profiles += 1;
    outcome[isCustomer ? 'customers' : 'visitors'] += 1;
    outcome.revenue = outcome.revenue.plus(computed.ltv);
    outcome.orders += computed.purchaseCount;
  }
  return { ...outcome, revenue: outcome.revenue.toFixed(2) };
};

const membersOf = async (client: Client, { id, name }: Segment) => {
  const { count } = await client.getSegmentSize({ params: { id }, query: { exact: 'true' } });
  return { name, members: count };
};

/** Who is at the destination: what an activation would still do tells who is not. */
const reachedBy = async (client: Client, { id }: Audience, members: number) => {
  const body = { platform: 'webhook' as const, operation: 'add' as const, dryRun: true };
  const { planned } = await client.activateAudience({ params: { id }, body });
  const { consent, suppressed, noIdentifier } = planned.skipped;
  return { there: members - planned.add - consent - suppressed - noIdentifier, withoutConsent: consent };
};

/** Reads what the demo has come to; `segments` begins with the one that the audience is made of. */
export const demoOutcome = async (
  client: Client,
  segments: readonly Segment[],
  audience: Audience | undefined,
): Promise<DemoOutcome> => {
  const people = await peopleOf(client);
  const sizes = await Promise.all(segments.map(segment => membersOf(client, segment)));
  return {
    ...people,
    segments: sizes,
    audience: audience && (await reachedBy(client, audience, sizes[0]?.members ?? 0)),
  };
};
