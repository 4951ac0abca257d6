import { cutoffsAt } from '../engines/retention/policies-in-force.ts';
import { type RetentionClass, retentionClasses } from '../model/retention-policy.ts';
import { currentPolicies, type PolicyTools } from './retention-in-force.ts';

/** Every policy as it holds, and up to where everything is over. */
export const showRetention = async (tools: Omit<PolicyTools, 'retentionPurges'> & { now: () => Date }) => {
  const policies = await currentPolicies(tools);
  const cutoffs = cutoffsAt(policies, tools.now().getTime());
  return retentionClasses.map((name: RetentionClass) => {
    const cutoff = cutoffs[name];
    return { name, ...policies[name], ...(cutoff ? { before: new Date(cutoff.before).toISOString() } : {}) };
  });
};
