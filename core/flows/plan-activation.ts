import { inLanes } from '../model/in-lanes.ts';
import { type SkippedTally, skips } from '../model/sync-outcome.ts';
import { type PersonStep, planPeople, type SituationTools, type Target } from './plan-people.ts';
import { type PeopleTools, peopleOf } from './sync-audience.ts';

/** What an activation will do, counted by people. */
export interface ActivationPlan {
  add: number;
  remove: number;
  skipped: SkippedTally;
}

interface Part {
  source: string;
  partition: number;
}

const pageSize = 500;
const lanes = 8;
const chunkSize = 100;

/** Counts what an activation will do, by the planner that the sync itself uses: each person once, as they are now. */
export const planActivation = async (
  parts: readonly Part[],
  target: Target,
  tools: PeopleTools & SituationTools,
): Promise<ActivationPlan> => {
  const people = [...new Set((await inLanes(parts, lanes, part => everyoneIn(part, target, tools))).flat())];
  const chunks: string[][] = [];
  for (let start = 0; start < people.length; start += chunkSize) chunks.push(people.slice(start, start + chunkSize));
  const plans = await inLanes(chunks, lanes, async ids => {
    const records = await tools.recipients.ofAudience(target.audience.id, target.platform, ids);
    return planPeople(ids, target, records, tools);
  });
  return sum(plans.flat());
};

const everyoneIn = async (part: Part, { audience, platform }: Target, tools: PeopleTools): Promise<string[]> => {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await peopleOf({ audienceId: audience.id, platform, ...part }, pageSize, after, tools);
    ids.push(...page.profileIds);
    after = page.next;
  } while (after !== undefined);
  return ids;
};

const sum = (plans: readonly PersonStep[]): ActivationPlan => {
  const count = (holds: (one: PersonStep) => boolean) => plans.filter(holds).length;
  const skipped = (reason: string) => count(({ step }) => step.operation === 'none' && step.skipped === reason);
  const bySkip = skips.map(reason => [reason, skipped(reason)]);
  return {
    add: count(({ step }) => step.operation === 'add'),
    remove: count(({ step }) => step.operation === 'remove'),
    skipped: Object.fromEntries(bySkip) as SkippedTally,
  };
};
