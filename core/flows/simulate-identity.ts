import type { simulateIdentityConfig } from '../contract/matching.ts';
import type { RouteData } from '../contract/route.ts';
import { decideMatch } from '../engines/identity/decide-match.ts';
import { differInCustomerId } from '../engines/identity/match-guards.ts';
import type { MatchModel } from '../engines/identity/match-model.ts';
import type { MatchRecord } from '../engines/identity/match-record.ts';
import type { MatchSettings } from '../engines/identity/match-settings.ts';
import { comparedKinds, matchSettingsOf } from '../engines/identity/profile-record.ts';
import { type Scan, scanRecords } from '../engines/identity/scan-records.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { Cached } from './cached.ts';
import { changedConfig } from './identity-config.ts';
import { type SampledPeople, samplePeople } from './sample-people.ts';

type Outcome = RouteData<typeof simulateIdentityConfig>;
type Action = Outcome['examples'][number]['before']['action'];

interface SimulateTools {
  queryEngine: QueryEngine;
  identityConfig: Cached<IdentityConfig>;
}

const examplesMax = 10;

/** Pairs by their ids, with what a configuration makes of them. */
interface Held {
  scores: Map<string, number>;
  blocked: number;
  actionOf(score: number): Action;
}

/** What another configuration would make of people as they are. @throws Problem `VALIDATION_FAILED` */
export const simulateIdentity = async (
  changes: Parameters<typeof changedConfig>[1],
  sample: number,
  { queryEngine, identityConfig }: SimulateTools,
): Promise<Outcome> => {
  const config = await identityConfig.get();
  const other = changedConfig(config, changes, 'body.config');
  const people = await samplePeople(queryEngine, config, sample);
  const scan = scanOf(people, config);
  const isAlike = compared(config) === compared(other);
  const others = isAlike ? people : await samplePeople(queryEngine, other, sample);
  const standing = heldAgainst(people, scan, config);
  const changed = heldAgainst(others, isAlike ? scan : scanOf(others, other), other);
  const [before, after] = [countsOf(standing), countsOf(changed)];
  return {
    sampled: others.ids.length,
    profiles: others.of,
    merges: after.merge,
    mergesNow: before.merge,
    blocked: changed.blocked,
    reviews: after.review,
    reviewDelta: after.review - before.review,
    examples: examplesOf(standing, changed),
  };
};

/** What the scores of a scan depend on; thresholds only say what follows from them. */
const compared = ({ weights, blockedValues, comparedCustomFields, probabilisticMatching }: IdentityConfig): string =>
  JSON.stringify([weights, blockedValues, comparedCustomFields, probabilisticMatching]);

const scanOf = ({ records }: SampledPeople, config: IdentityConfig): Scan | undefined =>
  records.length < 2 || !config.probabilisticMatching
    ? undefined
    : scanRecords(records, comparedKinds(config), matchSettingsOf(config));

const heldAgainst = ({ ids, records }: SampledPeople, scan: Scan | undefined, config: IdentityConfig): Held => {
  const settings = matchSettingsOf(config);
  const scores = new Map<string, number>();
  let blocked = 0;
  const actionOf = (score: number): Action => {
    if (score >= settings.mergeScoreMin) return 'merge';
    return score >= settings.reviewScoreMin ? 'review' : 'none';
  };
  for (const [pair, score] of scan?.scores.entries() ?? []) {
    const [left = 0, right = 0] = [scan?.pairs.left[pair], scan?.pairs.right[pair]];
    if (score >= settings.possibleScoreMin) scores.set(`${ids[left]} ${ids[right]}`, Math.floor(score * 10) / 10);
    else if (scan && wouldCount(records[left], records[right], scan.model, settings)) blocked += 1;
  }
  return { scores, blocked, actionOf };
};

/** Are they apart for nothing but their customer ids? */
const wouldCount = (
  left: MatchRecord | undefined,
  right: MatchRecord | undefined,
  model: MatchModel,
  settings: MatchSettings,
): boolean => {
  if (!left || !right || !differInCustomerId(left, right)) return false;
  const { customerId: _own, ...identifiers } = left.identifiers;
  return decideMatch({ ...left, identifiers }, right, model, settings).score >= settings.reviewScoreMin;
};

const countsOf = ({ scores, actionOf }: Held): Record<Action, number> => {
  const counts = { merge: 0, review: 0, none: 0 };
  for (const score of scores.values()) counts[actionOf(score)] += 1;
  return counts;
};

/** Pairs of which something else would become, those with the highest scores first. */
const examplesOf = (standing: Held, changed: Held): Outcome['examples'] => {
  const pairs = new Set([...standing.scores.keys(), ...changed.scores.keys()]);
  return [...pairs]
    .map(pair => {
      const [before, after] = [standing.scores.get(pair) ?? 0, changed.scores.get(pair) ?? 0];
      const [one = '', other = ''] = pair.split(' ');
      const profileIds: [string, string] = one < other ? [one, other] : [other, one];
      return {
        profileIds,
        before: { score: before, action: standing.actionOf(before) },
        after: { score: after, action: changed.actionOf(after) },
      };
    })
    .filter(({ before, after }) => before.action !== after.action)
    .sort((left, right) => right.after.score - left.after.score)
    .slice(0, examplesMax);
};
