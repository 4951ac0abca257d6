import type { Bounds, Condition, RfmGroup, RfmScores } from '../../language/condition.ts';
import type { RfmCuts } from '../../model/rfm-cuts.ts';

type ScoreName = keyof RfmCuts;
const scoreNames: readonly ScoreName[] = ['recency', 'frequency', 'monetary'];

const fields: Record<ScoreName, string> = {
  recency: 'computed.lastPurchaseDate',
  frequency: 'computed.purchaseCount',
  monetary: 'computed.ltv',
};

const scoreMax = 5;
const nobody: Condition = {
  operator: 'NOT',
  conditions: [
    {
      operator: 'OR',
      conditions: [
        { field: 'createdAt', operator: 'exists' },
        { field: 'createdAt', operator: 'not_exists' },
      ],
    },
  ],
};

/** Whoever never bought anything has no scores. */
const bought: Condition[] = [
  { field: 'computed.purchaseCount', operator: '>=', value: 1 },
  { field: 'computed.lastPurchaseDate', operator: 'exists' },
];

/** One more than how many of the cuts are below the value. */
export const scoreOf = (value: number, cuts: readonly number[]): number => 1 + cuts.filter(cut => cut < value).length;

/** What a score asks of the value behind it: a score is at least n when more than n - 2 cuts are below the value. */
const scored = (name: ScoreName, { min = 1, max = scoreMax }: Bounds, cuts: RfmCuts): Condition[] => {
  const value = (place: number) => {
    const cut = cuts[name][place] ?? 0;
    return name === 'recency' ? new Date(cut).toISOString() : cut;
  };
  return [
    ...(min > 1 ? [{ field: fields[name], operator: '>' as const, value: value(min - 2) }] : []),
    ...(max < scoreMax ? [{ field: fields[name], operator: '<=' as const, value: value(max - 1) }] : []),
  ];
};

const atLeast = (min: number): Bounds => ({ min });
const exactly = (score: number): Bounds => ({ min: score, max: score });

/** What each group asks beyond not being in one before it; any of several, each of some scores. */
const groups: Record<RfmGroup, readonly Omit<RfmScores, 'group'>[]> = {
  champions: [{ recency: exactly(5), frequency: atLeast(4), monetary: atLeast(4) }],
  loyal: [{ recency: atLeast(3), frequency: atLeast(4), monetary: atLeast(3) }],
  big_spenders: [{ recency: atLeast(3), monetary: exactly(5) }],
  new: [{ recency: exactly(5), frequency: exactly(1) }],
  promising: [{ recency: atLeast(3), frequency: { max: 3 } }],
  cannot_lose: [
    { recency: { max: 2 }, frequency: exactly(5) },
    { recency: { max: 2 }, monetary: exactly(5) },
  ],
  at_risk: [{ recency: { max: 2 }, frequency: atLeast(3), monetary: atLeast(3) }],
  hibernating: [{}],
};
const groupNames = Object.keys(groups) as RfmGroup[];

const all = (conditions: Condition[]): Condition => ({ operator: 'AND', conditions });
const withScores = (scores: Omit<RfmScores, 'group'>, cuts: RfmCuts): Condition[] =>
  scoreNames.flatMap(name => (scores[name] ? scored(name, scores[name], cuts) : []));

/** The first group that applies is the one that somebody is in. */
const inGroup = (group: RfmGroup, cuts: RfmCuts): Condition[] => {
  const anyOf = (name: RfmGroup): Condition => ({
    operator: 'OR',
    conditions: groups[name].map(scores => all([...bought, ...withScores(scores, cuts)])),
  });
  const before = groupNames.slice(0, groupNames.indexOf(group)).map(anyOf);
  const not: Condition[] =
    before.length === 0 ? [] : [{ operator: 'NOT', conditions: [{ operator: 'OR', conditions: before }] }];
  return [anyOf(group), ...not];
};

/** Scores in terms of the values behind them; before there are any cuts nobody has a score. */
export const scoresAsFields = ({ group, ...scores }: RfmScores, cuts: RfmCuts | undefined): Condition => {
  if (!cuts) return nobody;
  const grouped = group === undefined ? [] : inGroup(group, cuts);
  return all([...bought, ...withScores(scores, cuts), ...grouped]);
};

/** The group of somebody with these scores. */
export const groupOf = (recency: number, frequency: number, monetary: number): RfmGroup => {
  const score = { recency, frequency, monetary };
  const isIn = (scores: Omit<RfmScores, 'group'>) =>
    scoreNames.every(name => {
      const { min = 1, max = scoreMax } = scores[name] ?? {};
      return score[name] >= min && score[name] <= max;
    });
  return groupNames.find(name => groups[name].some(isIn)) ?? 'hibernating';
};
