import { byAge, chooseSurvivor } from '../engines/merge/choose-survivor.ts';
import { type ShownDecision, shownDecisions } from '../engines/merge/shown-decisions.ts';
import { notFound, Problem, unprocessable } from '../errors.ts';
import type { ConsentDecision, MergedPair, MergeReason, MergeStrategy } from '../model/merge-record.ts';
import { familyOf, type ProfileState } from '../model/profile-state.ts';
import type { MergeStore, PairChange } from '../ports/merge-store.ts';
import { ProfileChanged } from '../ports/profile-store.ts';
import { commitPair } from './commit-pair.ts';
import { finishOthers } from './finish-others.ts';
import { liveProfile } from './live-profile.ts';
import { type MergeWish, type PlanTools, planMerge } from './plan-merge.ts';

export interface MergeRequest {
  profileIds: string[];
  /** Who goes on; the strategy chooses where it is absent. */
  primaryProfileId?: string | undefined;
  strategy: MergeStrategy;
  reason: MergeReason;
  dryRun?: boolean | undefined;
}

export interface MergeOutcome {
  /** Who has everything now. */
  profileId: string;
  /** The merges that made one of the others, in their order; also those that were there before. */
  mergeIds: string[];
  fieldDecisions: ShownDecision[];
  consentDecisions: (ConsentDecision & { mergedId: string })[];
  /** Who was merged by this request, or would be. */
  merged: string[];
  /** The surviving profile as it stands, or would stand. */
  state: ProfileState;
}

export interface MergeTools extends PlanTools {
  merges: MergeStore;
  newId: (prefix: string) => string;
}

/**
 * Makes one profile of several, pair by pair. Whoever loses a race reads again; whoever is a part of the survivor
 * already is answered with the merge that did it, so that asking twice changes nothing.
 *
 * @throws Problem `NOT_FOUND`, `VALIDATION_FAILED`, `CONFLICT`
 */
export const mergeProfiles = async (request: MergeRequest, tools: MergeTools): Promise<MergeOutcome> => {
  const ids = distinctIds(request);
  const states = await liveStates(ids, tools);
  const survivor = await survivorOf(request, states, tools);
  const others = [...states.values()].filter(({ id }) => id !== survivor.id).toSorted(byAge);
  const outcome: MergeOutcome = {
    profileId: survivor.id,
    mergeIds: await earlierMerges(ids, survivor, tools),
    fieldDecisions: [],
    consentDecisions: [],
    merged: [],
    state: survivor,
  };
  for (const { id } of new Map(others.map(one => [one.id, one])).values()) {
    note(outcome, await mergeOne(id, outcome.state, request, tools));
  }
  return outcome;
};

const distinctIds = ({ profileIds, primaryProfileId }: MergeRequest): string[] => {
  const ids = [...new Set([...(primaryProfileId === undefined ? [] : [primaryProfileId]), ...profileIds])];
  if (ids.length < 2) throw unprocessable('body.secondaryProfileIds', 'a profile cannot be merged with itself');
  return ids;
};

/** Who each id stands for now. */
const liveStates = async (ids: readonly string[], { profiles }: MergeTools): Promise<Map<string, ProfileState>> => {
  const states = new Map<string, ProfileState>();
  for (const id of ids) states.set(id, await liveProfile(id, profiles));
  return states;
};

const survivorOf = async (
  { primaryProfileId, strategy }: MergeRequest,
  states: ReadonlyMap<string, ProfileState>,
  { profiles }: MergeTools,
): Promise<ProfileState> => {
  if (primaryProfileId !== undefined) return liveProfile(primaryProfileId, profiles);
  const survivor = chooseSurvivor([...states.values()], strategy);
  if (!survivor) throw notFound('Profile', '');
  return survivor;
};

/** The merges that made the survivor of some of the ids that were named. */
const earlierMerges = async (
  ids: readonly string[],
  survivor: ProfileState,
  { profiles }: MergeTools,
): Promise<string[]> => {
  const states = await profiles.getMany(ids.filter(id => id !== survivor.id));
  return [...states.values()].flatMap(({ head }) =>
    head.life === 'merged' && head.mergedInto === survivor.id ? (head.mergedBy ?? []) : [],
  );
};

const note = (outcome: MergeOutcome, done: PairChange | string): void => {
  if (typeof done === 'string') {
    outcome.mergeIds.push(done);
    return;
  }
  const { record, primary } = done;
  outcome.state = primary.after;
  outcome.mergeIds.push(record.id);
  outcome.merged.push(record.mergedId);
  outcome.fieldDecisions.push(...shownDecisions(record));
  outcome.consentDecisions.push(...record.consentDecisions.map(one => ({ ...one, mergedId: record.mergedId })));
};

const triesMax = 64;

/** Merges one more profile; returns the id of the merge that somebody else did meanwhile. */
const mergeOne = async (
  id: string,
  survivor: ProfileState,
  { strategy, reason, dryRun }: MergeRequest,
  tools: MergeTools,
): Promise<PairChange | string> => {
  const wish = { mergeId: tools.newId('merge'), strategy, reason, dryRun };
  let [primary, secondary] = [survivor, await liveProfile(id, tools.profiles)];
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (primary.id === secondary.id) return mergedBy(id, tools);
    const done = isOutdated(primary, secondary) ? undefined : await mergePair({ primary, secondary }, wish, tools);
    if (done) return done;
    primary = await liveProfile(survivor.id, tools.profiles);
    secondary = await liveProfile(id, tools.profiles);
  }
  throw new Problem('CONFLICT', `Profiles ${survivor.id} and ${id} are changed all the time; try again`);
};

/** The two were read one after the other: one became a part of the other in between. */
const isOutdated = (primary: ProfileState, secondary: ProfileState): boolean =>
  familyOf(primary).includes(secondary.id) || familyOf(secondary).includes(primary.id);

/** `undefined` where somebody was faster. */
const mergePair = async (
  pair: MergedPair,
  wish: MergeWish & Pick<MergeRequest, 'dryRun'>,
  tools: MergeTools,
): Promise<PairChange | undefined> => {
  await finishOthers([pair.primary, pair.secondary], tools);
  const change = await planMerge(pair, wish, tools);
  return wish.dryRun ? change : committed(change, wish, tools);
};

const mergedBy = async (id: string, { profiles }: MergeTools): Promise<string> =>
  (await profiles.get(id))?.head.mergedBy ?? id;

/** `undefined` where somebody was faster. A refusal may come from this very commit, whose answer was lost. */
const committed = async (change: PairChange, wish: MergeWish, tools: MergeTools): Promise<PairChange | undefined> => {
  try {
    return await commitPair(change, wish, tools);
  } catch (fault) {
    if (!(fault instanceof ProfileChanged)) throw fault;
    const kept = await tools.merges.get(change.record.id);
    return kept?.status === 'merged' ? change : undefined;
  }
};
