import type { PlatformName } from '../contract/audience-platforms.ts';
import type { Audience } from '../contract/audiences.ts';
import { PlanTally, type TellingReport } from '../engines/activation/plan-tally.ts';
import { notFound } from '../errors.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { Collection } from '../ports/collection.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { QueryStopped, QueryTooSlow } from '../ports/query-engine.ts';
import { usablePlatform } from './activate-audience.ts';
import { type EstimateTools, estimateActivation } from './estimate-activation.ts';
import type { PeopleTools } from './people-of.ts';
import { planOnce } from './plan-activation.ts';
import type { PersonStep, SituationTools, Target } from './plan-people.ts';
import { partsOf, sourcesOf } from './sync-sources.ts';
import { tellingFormat } from './telling-format.ts';

export interface PreflightTools extends PeopleTools, SituationTools, Pick<EstimateTools, 'queryEngine'> {
  audiences: Pick<Collection<Audience>, 'get'>;
}

type Operation = 'add' | 'remove' | 'replace';

/**
 * What a sync would do, by the planner that decides while sending; nothing is changed.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` @throws QueryOverBudget @throws QueryStopped
 */
export const preflightAudience = async (
  id: string,
  { platform: name, operation }: { platform: PlatformName; operation: Operation },
  budget: QuestionBudget,
  tools: PreflightTools,
): Promise<TellingReport & { platform: PlatformName; operation: Operation; exact: boolean }> => {
  const audience = await tools.audiences.get(id);
  if (!audience) throw notFound('Audience', id);
  const platform = usablePlatform(audience, name);
  const target = { audience, platform, active: operation !== 'remove' };
  const tally = new PlanTally(tellingFormat(audience, platform, tools.sha256));
  const exact = (await candidates(audience, tools)) <= exactMax;
  if (exact) await lookAtEverybody(target, operation, tally, budget, tools);
  else await estimateActivation(target, tally, tools, { beforePage: () => checkTime(budget) });
  return { platform: name, operation, exact, ...tally.told() };
};

/** Above this, nobody is looked at one by one. */
const exactMax = 50_000;

const candidates = async ({ segmentIds }: Audience, { memberships }: PreflightTools): Promise<number> => {
  const sizes = await Promise.all(segmentIds.map(id => memberships.count(id)));
  return sizes.reduce((sum, size) => sum + size, 0);
};

const lookAtEverybody = async (
  target: Target,
  operation: Operation,
  tally: PlanTally,
  budget: QuestionBudget,
  tools: PreflightTools,
): Promise<void> => {
  const parts = partsOf(sourcesOf(target.audience, operation));
  for (let partition = 0; partition < listPartitions; partition += 1) {
    const own = parts.filter(part => part.partition === partition);
    const take = ({ step }: PersonStep) => void tally.take(step);
    await planOnce(own, target, tools, take, () => checkTime(budget));
  }
};

/** Looking at people takes no question that could be stopped: it is asked between two parts of them. */
const checkTime = (budget: QuestionBudget): void => {
  const { budgetSeconds, signal } = budget.reading();
  if (signal?.aborted) throw new QueryStopped('nobody waits for the answer any more');
  if (budgetSeconds <= 0) throw new QueryTooSlow('it takes longer to look at everybody');
};
