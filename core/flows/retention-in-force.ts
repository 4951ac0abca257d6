import { cutoffsAt, policiesInForce } from '../engines/retention/policies-in-force.ts';
import type {
  RetentionClass,
  RetentionCutoffs,
  RetentionPolicy,
  StoredRetentionPolicy,
} from '../model/retention-policy.ts';
import type { Collection } from '../ports/collection.ts';
import { type Cached, cached } from './cached.ts';

const rememberSeconds = 30;

export interface PolicyTools {
  retentionPolicies: Pick<Collection<StoredRetentionPolicy>, 'all'>;
  settings: { dataRetentionDays: number };
}

export const currentPolicies = async ({
  retentionPolicies,
  settings,
}: PolicyTools): Promise<Record<RetentionClass, RetentionPolicy>> =>
  policiesInForce(await retentionPolicies.all(), settings.dataRetentionDays);

/** Tells up to where everything is over now; of a policy that was changed, as of at most 30 s ago. */
export type CutoffsNow = () => Promise<RetentionCutoffs>;

export const rememberedCutoffs = (tools: PolicyTools, now: () => Date): { cutoffs: CutoffsNow; drop: () => void } => {
  const policies: Cached<Record<RetentionClass, RetentionPolicy>> = cached(
    () => currentPolicies(tools),
    rememberSeconds,
    now,
  );
  return { cutoffs: async () => cutoffsAt(await policies.get(), now().getTime()), drop: () => policies.drop() };
};
