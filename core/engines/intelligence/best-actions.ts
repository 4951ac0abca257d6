import type { Computed, ConsentChannel } from '../../model/profile.ts';
import type { ActionDriver, NextAction } from '../../model/stored-actions.ts';

/** Somebody, as far as it matters for what to do next. */
export interface ActionSubject {
  computed: Computed;
  /** Which of the drivers is told of them; a score that nobody predicted is not 0. */
  known: ReadonlySet<ActionDriver>;
  consents: ReadonlySet<ConsentChannel>;
  segments: ReadonlySet<string>;
}

export interface RankedAction {
  action: string;
  name: string;
  channel: ConsentChannel;
  score: number;
  reason: string;
}

export interface RankedActions {
  actions: RankedAction[];
  leftOut: { consent: number; segment: number; notPredicted: number; notWorth: number };
}

const driverWords: Record<ActionDriver, string> = {
  purchasePropensity: 'buys with a chance of',
  churnRisk: 'is lost with a chance of',
  engagementScore: 'is engaged by',
};

type Judged = { left: keyof RankedActions['leftOut'] } | { ranked: RankedAction };

const judged = (action: NextAction, { computed, known, consents, segments }: ActionSubject): Judged => {
  if (!consents.has(action.channel)) return { left: 'consent' };
  if (action.segmentId !== undefined && !segments.has(action.segmentId)) return { left: 'segment' };
  const driver = computed[action.driver];
  if (!known.has(action.driver) || driver === undefined) return { left: 'notPredicted' };
  const chance = (driver / 100) * action.effect;
  const score = chance * action.value - action.cost;
  if (score <= 0) return { left: 'notWorth' };
  const reason = `${driverWords[action.driver]} ${driver} %, of whom it succeeds with ${(100 * action.effect).toFixed(0)} %; worth ${action.value}${action.cost > 0 ? `, costs ${action.cost}` : ''}; agreed to ${action.channel}`;
  const { action: id, name, channel } = action;
  return { ranked: { action: id, name, channel, score: Math.round(score * 100) / 100, reason } };
};

/** What is worth doing for somebody, by what it is expected to bring; ties by name. */
export const bestActions = (catalogue: readonly NextAction[], subject: ActionSubject): RankedActions => {
  const leftOut = { consent: 0, segment: 0, notPredicted: 0, notWorth: 0 };
  const actions: RankedAction[] = [];
  for (const one of catalogue.map(action => judged(action, subject)))
    if ('left' in one) leftOut[one.left] += 1;
    else actions.push(one.ranked);
  actions.sort((one, other) => other.score - one.score || (one.action < other.action ? -1 : 1));
  return { actions, leftOut };
};
