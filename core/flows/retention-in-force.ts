import { cutoffsAt, policiesInForce } from '../engines/retention/policies-in-force.ts';
import type {
  RetentionClass,
  RetentionCutoffs,
  RetentionPolicy,
  RetentionPurge,
  StoredRetentionPolicy,
} from '../model/retention-policy.ts';
import type { Collection } from '../ports/collection.ts';
import { type Cached, cached } from './cached.ts';

const rememberSeconds = 30;

export interface PolicyTools {
  retentionPolicies: Pick<Collection<StoredRetentionPolicy>, 'all'>;
  retentionPurges: Pick<Collection<RetentionPurge>, 'get' | 'add' | 'replace'>;
  settings: { dataRetentionDays: number };
}

export const purgeId = 'events';

export const currentPolicies = async ({
  retentionPolicies,
  settings,
}: Omit<PolicyTools, 'retentionPurges'>): Promise<Record<RetentionClass, RetentionPolicy>> =>
  policiesInForce(await retentionPolicies.all(), settings.dataRetentionDays);

interface Known {
  policies: Record<RetentionClass, RetentionPolicy>;
  purges: RetentionPurge['purges'] | undefined;
}

/** Tells up to where everything is over now; of a policy that was changed, as of at most 30 s ago. */
export type CutoffsNow = () => Promise<RetentionCutoffs>;

export const rememberedCutoffs = (tools: PolicyTools, now: () => Date): { cutoffs: CutoffsNow; drop: () => void } => {
  const known: Cached<Known> = cached(
    async () => ({
      policies: await currentPolicies(tools),
      purges: (await tools.retentionPurges.get(purgeId))?.purges,
    }),
    rememberSeconds,
    now,
  );
  const cutoffs: CutoffsNow = async () => {
    const { policies, purges } = await known.get();
    return { ...cutoffsAt(policies, now().getTime()), purges };
  };
  return { cutoffs, drop: () => known.drop() };
};
