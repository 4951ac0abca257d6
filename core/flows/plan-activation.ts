import { inLanes } from '../model/in-lanes.ts';
import { type SkippedTally, skips } from '../model/sync-outcome.ts';
import { type PeopleTools, peopleOf } from './people-of.ts';
import { type PersonStep, planPeople, type SituationTools, type Target } from './plan-people.ts';

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

/** Counts what an activation will do, by the planner that the sync itself uses: each person once, as they are now. */
export const planActivation = async (
  parts: readonly Part[],
  target: Target,
  tools: PeopleTools & SituationTools,
): Promise<ActivationPlan> => {
  const counts: ActivationPlan = {
    add: 0,
    remove: 0,
    skipped: Object.fromEntries(skips.map(reason => [reason, 0])) as SkippedTally,
  };
  await inLanes([...byPartition(parts).values()], lanes, async own => {
    await planOnce(own, target, tools, ({ step }) => {
      if (step.operation !== 'none') counts[step.operation] += 1;
      else if (step.skipped) counts.skipped[step.skipped] += 1;
    });
  });
  return counts;
};

/** Parts of one partition: a person stands in the same partition of every source. */
const byPartition = (parts: readonly Part[]): Map<number, Part[]> => {
  const found = new Map<number, Part[]>();
  for (const part of parts) found.set(part.partition, [...(found.get(part.partition) ?? []), part]);
  return found;
};

/** Plans everybody in some parts of one partition, each person once; hands over what is to be done about them. */
export const planOnce = async (
  parts: readonly Part[],
  target: Target,
  tools: PeopleTools & SituationTools,
  take: (planned: PersonStep) => void,
  beforePage: () => void = () => undefined,
): Promise<void> => {
  const seen = new Set<string>();
  for (const part of parts) {
    for await (const profileIds of pagesOf(part, target, tools)) {
      beforePage();
      const fresh = profileIds.filter(id => !seen.has(id));
      for (const id of fresh) seen.add(id);
      const records = await tools.recipients.ofAudience(target.audience.id, target.platform, fresh);
      for (const planned of await planPeople(fresh, target, records, tools)) take(planned);
    }
  }
};

async function* pagesOf(part: Part, { audience, platform }: Target, tools: PeopleTools): AsyncGenerator<string[]> {
  let after: string | undefined;
  do {
    const page = await peopleOf({ audienceId: audience.id, platform, ...part }, pageSize, after, tools);
    yield page.profileIds;
    after = page.next;
  } while (after !== undefined);
}
