import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { matchKey } from '../../core/model/identifier.ts';
import type { SimulatedPerson } from './fold-schedule.ts';

/** What a person's profile must hold, by a plain reading of all that was sent: no order, no windows, no versions. */
export interface ExpectedProfile {
  messages: string[];
  identifiers: string[];
  events: number;
  purchases: number;
  ltv: string;
  otherCurrencies: Record<string, string>;
  firstSeenAt: number;
  lastSeenAt: number;
  /** The last word on each field; `null` where it was cleared. */
  fields: Record<string, unknown>;
  consent: Record<string, unknown>;
}

const thousandths = (amount: unknown): number => Math.round(Number(amount) * 1000);

/** One purchase for each order, and every one that names none. */
const revenueOf = (purchases: readonly AcceptedEvent[]): AcceptedEvent[] => [
  ...new Map(purchases.map(event => [event.properties.orderId ?? event.messageId, event])).values(),
];

const sumsOf = (purchases: readonly AcceptedEvent[]): Record<string, string> => {
  const sums = new Map<string, number>();
  for (const { properties } of purchases) {
    const currency = String(properties.currency ?? 'USD');
    sums.set(currency, (sums.get(currency) ?? 0) + thousandths(properties.amount));
  }
  return Object.fromEntries([...sums].map(([currency, sum]) => [currency, String(sum / 1000)]));
};

/** What each event said, oldest first; of two at the same time the one with the larger message id later. */
const inOrder = (events: readonly AcceptedEvent[]): AcceptedEvent[] =>
  [...events].sort((left, right) => {
    const [a, b] = [`${left.timestamp} ${left.messageId}`, `${right.timestamp} ${right.messageId}`];
    return a < b ? -1 : a > b ? 1 : 0;
  });

const fieldsOf = (events: readonly AcceptedEvent[]): Record<string, unknown> =>
  Object.assign(
    {},
    ...inOrder(events).map(({ traits: { customFields, ...plain } = {} }) => ({ ...plain, ...customFields })),
  );

/** `createdAt`: epoch ms of a profile that was there before. */
export const expectedProfile = (
  sent: readonly AcceptedEvent[],
  person: SimulatedPerson,
  createdAt: number | undefined,
): ExpectedProfile => {
  const distinct = [...new Map(sent.map(event => [event.messageId, event])).values()];
  const purchases = distinct.filter(event => event.type === 'purchase');
  const counted = revenueOf(purchases);
  const times = [
    ...distinct.map(event => Date.parse(event.timestamp)),
    ...(createdAt === undefined ? [] : [createdAt]),
  ];
  const { USD: ltv = '0', ...otherCurrencies } = sumsOf(counted);
  const named = new Set(distinct.flatMap(event => event.identifiers).map(matchKey));
  return {
    messages: distinct.map(event => event.messageId).sort(),
    identifiers: person.identifiers
      .map(matchKey)
      .filter(key => named.has(key))
      .sort(),
    events: distinct.length,
    purchases: counted.length,
    ltv,
    otherCurrencies,
    firstSeenAt: Math.min(...times),
    lastSeenAt: Math.max(...times),
    fields: fieldsOf(distinct),
    consent: Object.assign({}, ...inOrder(distinct).map(event => event.consent ?? {})),
  };
};
