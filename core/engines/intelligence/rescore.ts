import type { AcceptedEvent } from '../../model/accepted-event.ts';
import type { Counters } from '../../model/profile-state.ts';
import type { Bought, Scores } from '../../model/scores.ts';
import { dayOf, type ScoringModels, scoresOfBought, withPurchase } from './score-customer.ts';

interface Purchase {
  at: number;
  amount: number;
}

const purchasesIn = (events: readonly AcceptedEvent[]): Purchase[] =>
  events
    .filter(({ type, replayed }) => type === 'purchase' && replayed === undefined)
    .map(({ timestamp, properties }) => ({
      at: Date.parse(timestamp),
      amount: Math.max(0, Number(properties.amount) || 0),
    }))
    .sort((one, other) => one.at - other.at);

const firstBought = ({ at, amount }: Purchase): Bought => ({
  ...{ frequency: 0, firstDay: dayOf(at), lastDay: dayOf(at) },
  ...{ spend: 0, basket: amount },
});

/** What was bought before these purchases; `undefined` where nobody knows, until the next night. */
const before = (
  { scores, purchases }: Counters,
  bought: readonly Purchase[],
): [Bought, readonly Purchase[]] | undefined => {
  if (scores?.bought) return [scores.bought, bought];
  const [first, ...rest] = bought;
  return first && purchases <= bought.length ? [firstBought(first), rest] : undefined;
};

/** The counters with scores that follow these events at once; the same where nothing was bought, or nobody predicts. */
export const rescored = (
  counters: Counters,
  events: readonly AcceptedEvent[],
  models: ScoringModels | undefined,
  now: number,
): Counters => {
  if (!models || (!models.churn && !models.ltv)) return counters;
  const purchases = purchasesIn(events);
  const known = purchases.length > 0 ? before(counters, purchases) : undefined;
  if (!known) return counters;
  const [start, rest] = known;
  const bought = rest.reduce((sum, { at, amount }) => withPurchase(sum, at, amount), start);
  const scores: Scores = { ...counters.scores, at: now, models: models.name, ...scoresOfBought(bought, models, now) };
  return { ...counters, scores };
};
