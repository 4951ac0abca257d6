import type { MessageBody, modelPart } from '../contract/messages.ts';
import { scoreCustomer } from '../engines/intelligence/score-customer.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { haveMoved, type Scores } from '../model/scores.ts';
import type { StoredModel } from '../model/stored-model.ts';
import type { Collection } from '../ports/collection.ts';
import type { CustomerHistories } from '../ports/customer-histories.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { Queue } from '../ports/outlets.ts';
import { ProfileChanged, type ProfileStore } from '../ports/profile-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { ScoreFiles } from '../ports/score-files.ts';
import { scoringModels } from './scoring-models.ts';
import type { JobTools, ScoreJob } from './stored-job.ts';
import { failJob, type StepOutcome, workStep } from './work-step.ts';

type Message = MessageBody<typeof modelPart>;

export interface ScoreTools extends JobTools {
  models: Pick<Collection<StoredModel>, 'all'>;
  histories: CustomerHistories;
  scoreFiles: ScoreFiles;
  queryEngine: QueryEngine;
  memberships: Pick<MembershipStore, 'ofSegment'>;
  profiles: Pick<ProfileStore, 'getMany' | 'get' | 'commit'>;
  settings: { accountCurrency: string; mlPredictions: boolean };
  queues: { modelPart: Queue<Message> };
}

const [pageSize, budgetSeconds, lanes, readAtOnce, triesMax] = [20_000, 120, 8, 100, 16];

/** Tells what is predicted of the next people; the next message goes on after them. */
export const scoreStep = (message: Message, tools: ScoreTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  return workStep('ml.score', message, (job, start) => step(job, start, tools), { jobs, now, queue: queues.modelPart });
};

const over: StepOutcome<ScoreJob> = { next: undefined, told: {} };

/** A place is the number of a part, and the id after which it begins. */
const placeOf = (start: string): { part: number; after: string } => {
  const [, part = '0', after = ''] = /^(\d+) (.*)$/.exec(start) ?? [];
  return { part: Number(part), after };
};

const step = async (job: ScoreJob, start: string, tools: ScoreTools): Promise<StepOutcome<ScoreJob>> => {
  const why = await whyNot(tools);
  if (why !== undefined) {
    await failJob(job.id, why, tools);
    return over;
  }
  const { part, after } = placeOf(start);
  const { accountCurrency } = tools.settings;
  const people = await tools.histories.read({ after, limit: pageSize }, accountCurrency, budgetSeconds);
  const last = people.at(-1)?.id;
  if (last === undefined) {
    await dropEarlier(job, tools);
    return over;
  }
  const models = scoringModels(await tools.models.all());
  /** As of when the job began: a step that is done again says the same. */
  const at = Date.parse(job.createdAt);
  const scored = people.map((person): [string, Scores] => [person.id, scoreCustomer(person, models, at)]);
  await tools.scoreFiles.write(job.id, part, scored);
  const moved = await keepMoved(job, await movedOf(scored, { after, last }, tools), tools);
  const isLast = people.length < pageSize;
  if (isLast) await dropEarlier(job, tools);
  const tally = { ...job.tally, scored: job.tally.scored + scored.length, moved: job.tally.moved + moved };
  return {
    next: isLast ? undefined : `${part + 1} ${last}`,
    told: { tally, progress: { done: tally.scored, total: Math.max(job.progress.total, tally.scored) } },
  };
};

/** Of everybody there is a newer file now. Who was asked for alone replaces nobody. */
const dropEarlier = async ({ id, segmentId }: ScoreJob, { scoreFiles }: ScoreTools): Promise<void> => {
  if (segmentId === undefined) await scoreFiles.keepOnly(id);
};

const whyNot = async ({ models, settings }: ScoreTools): Promise<string | undefined> => {
  if (!settings.mlPredictions) return 'predictions are switched off (ENABLE_ML_PREDICTIONS)';
  return scoringModels(await models.all()).name === '' ? 'no model is ready: see GET /ml/models' : undefined;
};

/** Those of whom the snapshot shows something else: nobody else has to be read. */
const movedOf = async (
  scored: readonly [string, Scores][],
  { after, last }: { after: string; last: string },
  { queryEngine }: ScoreTools,
): Promise<[string, Scores][]> => {
  const { rows } = await queryEngine.ask(
    (_dialect, { text }) => ({
      text: `SELECT id, churn_risk, ltv_12m, purchase_propensity FROM ${text} WHERE id > ? AND id <= ?`,
      values: [after, last],
    }),
    budgetSeconds,
  );
  const standing = new Map(rows.map(row => [String(row.id), row]));
  const isShown = (row: Record<string, unknown>, { churnRisk, ltv12m, purchasePropensity }: Scores) =>
    Number(row.churn_risk ?? 0) === (churnRisk ?? 0) &&
    Number(row.ltv_12m ?? -1) === (ltv12m ?? -1) &&
    Number(row.purchase_propensity ?? -1) === (purchasePropensity ?? -1);
  return scored.filter(([id, scores]) => {
    const row = standing.get(id);
    return row !== undefined && !isShown(row, scores);
  });
};

const keepMoved = async (
  { segmentId }: ScoreJob,
  moved: readonly [string, Scores][],
  tools: ScoreTools,
): Promise<number> => {
  let kept = 0;
  for (let first = 0; first < moved.length; first += readAtOnce) {
    const some = moved.slice(first, first + readAtOnce);
    const states = await tools.profiles.getMany(some.map(([id]) => id));
    const told = await inLanes(some, lanes, ([id, scores]) => keep(states.get(id), scores, segmentId, tools));
    kept += told.filter(Boolean).length;
  }
  return kept;
};

const isMeant = async (id: string, segmentId: string | undefined, { memberships }: ScoreTools): Promise<boolean> =>
  segmentId === undefined || (await memberships.ofSegment(segmentId, [id])).some(({ member }) => member);

/** Writes the head alone, by condition on its version; the same scores once more change nothing. */
const keep = async (
  found: ProfileState | undefined,
  scores: Scores,
  segmentId: string | undefined,
  tools: ScoreTools,
): Promise<boolean> => {
  let before = found;
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (before?.head.life !== 'live' || before.head.hold !== undefined) return false;
    const standing = before.head.counters.scores;
    /** Who said no to being profiled is not. */
    if (before.person.consent.profiling?.granted === false) return false;
    if (!haveMoved(standing, scores) || (standing?.at ?? 0) >= scores.at) return false;
    if (!(await isMeant(before.id, segmentId, tools))) return false;
    try {
      await tools.profiles.commit({ before, after: withScores(before, scores, tools.now().getTime()) });
      return true;
    } catch (fault) {
      if (!(fault instanceof ProfileChanged)) throw fault;
      before = await tools.profiles.get(before.id);
    }
  }
  return false;
};

const withScores = (before: ProfileState, scores: Scores, now: number): ProfileState => ({
  ...before,
  head: {
    ...before.head,
    version: before.head.version + 1,
    updatedAt: Math.max(before.head.updatedAt, now),
    counters: { ...before.head.counters, scores },
  },
});
