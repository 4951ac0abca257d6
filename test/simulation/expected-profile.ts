import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { matchKey } from '../../core/model/identifier.ts';
import type { SimulatedPerson } from './fold-schedule.ts';
import { plainRevenue } from './plain-revenue.ts';

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
  lastPurchaseAt: number | undefined;
  /** How many events of each type happened on the newest day. */
  newestDay: Record<string, number>;
  /** The last word on each field; `null` where it was cleared. */
  fields: Record<string, unknown>;
  consent: Record<string, unknown>;
}

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

const dayOf = (event: AcceptedEvent): string => event.timestamp.slice(0, 'YYYY-MM-DD'.length);

const newestDayOf = (events: readonly AcceptedEvent[]): Record<string, number> => {
  const newest = events.map(dayOf).sort().at(-1);
  const counts: Record<string, number> = {};
  for (const event of events) if (dayOf(event) === newest) counts[event.type] = (counts[event.type] ?? 0) + 1;
  return counts;
};

/** What an event says about consent: who unsubscribes says no to e-mail. */
const consentOf = ({ type, consent = {} }: AcceptedEvent) =>
  type === 'email_unsubscribe' ? { ...consent, email: false } : consent;

/** `createdAt`: epoch ms of a profile that was there before. */
export const expectedProfile = (
  sent: readonly AcceptedEvent[],
  person: SimulatedPerson,
  createdAt: number | undefined,
): ExpectedProfile => {
  const distinct = [...new Map(sent.map(event => [event.messageId, event])).values()];
  const bought = distinct.filter(event => event.type === 'purchase').map(event => Date.parse(event.timestamp));
  const times = [
    ...distinct.map(event => Date.parse(event.timestamp)),
    ...(createdAt === undefined ? [] : [createdAt]),
  ];
  const { purchases, sums } = plainRevenue(distinct);
  const { USD: ltv = '0', ...otherCurrencies } = sums;
  const named = new Set(distinct.flatMap(event => event.identifiers).map(matchKey));
  return {
    messages: distinct.map(event => event.messageId).sort(),
    identifiers: person.identifiers
      .map(matchKey)
      .filter(key => named.has(key))
      .sort(),
    events: distinct.length,
    purchases,
    ltv,
    otherCurrencies,
    firstSeenAt: Math.min(...times),
    lastSeenAt: Math.max(...times),
    lastPurchaseAt: bought.length === 0 ? undefined : Math.max(...bought),
    newestDay: newestDayOf(distinct),
    fields: fieldsOf(distinct),
    consent: Object.assign({}, ...inOrder(distinct).map(consentOf)),
  };
};
