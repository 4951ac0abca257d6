import type { StoredSegment } from '../contract/segments.ts';
import { performanceQuestion } from '../engines/segments/performance-question.ts';
import { notFound } from '../errors.ts';
import type { Condition } from '../language/condition.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { askedPeriod } from './asked-period.ts';
import { eventsIn, handsIn } from './hands-in.ts';
import { conditionOf } from './segment-indexes.ts';

interface PerformanceTools {
  segments: Pick<Collection<StoredSegment>, 'get'>;
  memberships: Pick<MembershipStore, 'enteredBetween'>;
  queryEngine: QueryEngine;
  settings: { reportingTimezone: string; accountCurrency: string };
  now: () => Date;
}

const rounded = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places;
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/**
 * What the people of a segment bought in a period, beside everybody else.
 *
 * @throws Problem `NOT_FOUND` `VALIDATION_FAILED` @throws QueryOverBudget @throws QueryStopped
 */
export const segmentPerformance = async (
  id: string,
  query: Parameters<typeof askedPeriod>[0],
  budget: Pick<QuestionBudget, 'reading'>,
  tools: PerformanceTools,
) => {
  const segment = await tools.segments.get(id);
  if (!segment) throw notFound('Segment', id);
  const { reportingTimezone, accountCurrency: currency } = tools.settings;
  const now = tools.now().getTime();
  const period = askedPeriod(query, now, reportingTimezone);
  const condition: Condition = segment.type === 'manual' ? { segment: id } : conditionOf(segment);
  const hands = await handsIn(condition, 'params.id', tools);
  const { budgetSeconds, signal } = budget.reading();
  const own = eventsIn(condition, now);
  const events = {
    types: [...new Set(['purchase', 'refund', ...(own?.types ?? [])])],
    from: Math.min(period.from, own?.from ?? period.from),
  };
  const asked = performanceQuestion({ condition, hands, currency, ...period, now });
  const { rows, asOf } = await tools.queryEngine.ask(asked, budgetSeconds, signal, events);
  const [inside, outside] = [true, false].map(side => performanceIn(rows.find(row => row.inside === side) ?? {}));
  const data = { segment: inside ?? performanceIn({}), rest: outside ?? performanceIn({}) };
  return { data: { ...data, lift: liftOf(data.segment, data.rest) }, meta: { asOf: new Date(asOf).toISOString() } };
};

type Performance = ReturnType<typeof performanceIn>;

const performanceIn = (row: Record<string, unknown>) => {
  const [profiles, buyers, orders] = [row.profiles, row.buyers, row.orders].map(value => Number(value ?? 0));
  const revenue = Number(row.revenue ?? 0) / 100;
  const counts = { profiles: profiles ?? 0, buyers: buyers ?? 0, orders: orders ?? 0 };
  return {
    ...counts,
    conversionRate: rounded(100 * share(counts.buyers, counts.profiles), 2),
    revenue: rounded(revenue, 2),
    aov: rounded(share(revenue, counts.orders), 2),
    revenuePerProfile: rounded(share(revenue, counts.profiles), 2),
  };
};

const liftOf = (segment: Performance, rest: Performance) => {
  const measures = ['conversionRate', 'revenuePerProfile', 'aov'] as const;
  return Object.fromEntries(
    measures.flatMap(name => (rest[name] > 0 ? [[name, rounded(segment[name] / rest[name], 2)]] : [])),
  ) as Partial<Record<(typeof measures)[number], number>>;
};
