import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../../core/contract/api-error.ts';
import type { Client } from '../../../core/contract/client.ts';
import type { TrackedEvent } from '../../../core/contract/events.ts';
import type { Session } from '../../../core/contract/sessions.ts';
import { channelOf } from '../../../core/model/channel.ts';
import type { Profile } from '../../../core/model/profile.ts';
import { until } from '../../fixtures/until.ts';
import type { Gate } from './gate.ts';
import type { Sdk, SdkClient, Values } from './sdk-client.ts';

/** What one call came to: `absent` where the SDK does not have it. */
export type Outcome = 'holds' | 'fails' | 'absent';

/** By the name of the call. */
export type Outcomes = Map<string, Outcome>;

interface Seen {
  profile: Profile;
  events: TrackedEvent[];
  /** Ids of the events that the timeline tells of. */
  timeline: string[];
  sessions: Session[];
}

interface Step {
  /** `undefined`: the SDK has no such call. */
  call?: (client: SdkClient, userId: string) => Promise<void> | undefined;
  /** Read back through the API when everything has had its effect. */
  holds: (seen: Seen, userId: string, anonymousId: string) => boolean;
}

const orderOf = (orderId: string, revenue: number): Values => ({
  order_id: orderId,
  revenue,
  total: revenue + 10,
  currency: 'USD',
  products: [{ product_id: 'sku-1', name: 'Chair', price: revenue / 2, quantity: 2 }],
});

const traitsOf = (userId: string): Values => ({
  email: `${userId}@example.com`,
  first_name: 'Ada',
  lastName: 'Lovelace',
  plan: 'pro',
  address: { city: 'London', country: 'GB' },
});

const has = (events: readonly TrackedEvent[], type: string, about: (event: TrackedEvent) => boolean): boolean =>
  events.filter(event => event.type === type && about(event)).length === 1;

const fits = (whole: object, part: object): boolean =>
  Object.entries(part).every(([name, value]) => isDeepStrictEqual((whole as Record<string, unknown>)[name], value));

const callIn = ({ context }: TrackedEvent): unknown => (context?.call as { type?: unknown } | undefined)?.type;

/** A browser tells where a visit came from, a server does not. */
const cameFrom = (event: TrackedEvent): boolean =>
  event.source !== 'web' || channelOf({ ...event, context: event.context }) === 'email';

/** A visit from the first page to an order, in every call that an SDK may have, and what each must have come to. */
const steps: Record<string, Step> = {
  page: {
    call: client => client.page('Sale', { category: 'Campaigns' }),
    holds: ({ events }) =>
      has(
        events,
        'page_view',
        event => callIn(event) === 'page' && event.properties.name === 'Sale' && cameFrom(event),
      ),
  },
  screen: {
    call: client => client.screen?.('Basket', { variant: 'dark' }),
    holds: ({ events }) =>
      has(events, 'page_view', event => callIn(event) === 'screen' && event.properties.page === 'Basket'),
  },
  'track, anonymous': {
    call: client => client.track('Product Viewed', { product_id: 'sku-1', price: 49.75 }),
    holds: ({ events }) => has(events, 'product_view', ({ properties }) => properties.productId === 'sku-1'),
  },
  alias: {
    call: (client, userId) => client.alias?.(userId),
    holds: ({ profile, events }, _userId, anonymousId) =>
      has(events, 'alias', ({ properties }) => properties.previousId === anonymousId) &&
      (profile.externalIds.anonymousIds ?? []).includes(anonymousId),
  },
  identify: {
    call: (client, userId) => client.identify(userId, traitsOf(userId)),
    holds: ({ profile: { attributes, externalIds }, events }, userId, anonymousId) =>
      has(events, 'identify', () => true) &&
      fits(attributes, { firstName: 'Ada', lastName: 'Lovelace', city: 'London', country: 'GB' }) &&
      fits(externalIds, { customerId: userId, email: `${userId}@example.com`, anonymousIds: [anonymousId] }) &&
      attributes.customFields.plan === 'pro',
  },
  group: {
    call: client => client.group('company-1', { name: 'Analytical Engines', industry: 'Computing' }),
    holds: ({ profile: { attributes }, events }) =>
      has(events, 'group', ({ properties }) => properties.groupId === 'company-1') &&
      attributes.company === 'Analytical Engines' &&
      fits(attributes.customFields, { company_id: 'company-1', company_industry: 'Computing' }),
  },
  'track, order': {
    call: (client, userId) => client.track('Order Completed', orderOf(`first-${userId}`, 99.5)),
    holds: ({ events }, userId) =>
      has(events, 'purchase', ({ properties }) => fits(properties, { orderId: `first-${userId}`, amount: 99.5 })),
  },
};

/** What is called once more, while the answer is lost. */
const callAgain = (client: SdkClient, userId: string): Promise<void> =>
  client.track('Order Completed', orderOf(`second-${userId}`, 100.25));

/** Whatever came before it has had its effect when this has. */
const lastCall = 'Left the Shop';

const ordersOf = (sessions: readonly Session[]): number => sessions.reduce((sum, { purchases }) => sum + purchases, 0);
const eventsIn = (sessions: readonly Session[]): number =>
  sessions.reduce((sum, { eventCount }) => sum + eventCount, 0);

/** Every event is in one session, and each order in one; a server tells of nobody’s presence. */
const sessionsHold = ({ where }: Sdk, { events, sessions }: Seen, orders: number): boolean =>
  where === 'server'
    ? sessions.length === 0
    : sessions.length === 1 &&
      eventsIn(sessions) === events.length &&
      ordersOf(sessions) === orders &&
      sessions[0]?.converted === true &&
      sessions[0].channel === 'email';

const timelineHolds = ({ events, timeline }: Seen): boolean =>
  isDeepStrictEqual(timeline.toSorted(), events.map(({ id }) => id).toSorted());

const outcomeOf = (holds: boolean): Outcome => (holds ? 'holds' : 'fails');

type Named = { type: 'customerId' | 'anonymousId'; value: string };

const find = async (api: Client, query: Named): Promise<Profile | undefined> => {
  try {
    return await api.lookupProfile({ query });
  } catch (refusal) {
    if (refusal instanceof ApiError && refusal.status === 404) return undefined;
    throw refusal;
  }
};

/** Events are read first: whatever they tell has had its effect on what is read after them. */
const see = async (api: Client, named: Named): Promise<Seen | undefined> => {
  const found = await find(api, named);
  if (!found) return undefined;
  const [params, query] = [{ id: found.id }, { limit: 100 }];
  const events = await api.listProfileEvents({ params, query });
  const [timeline, sessions, profile] = await Promise.all([
    api.getTimeline({ params, query: { ...query, types: 'event' } }),
    api.listProfileSessions({ params, query }),
    api.getProfile({ params }),
  ]);
  const told = timeline.items.flatMap(entry => (entry.kind === 'event' ? [entry.event.id] : []));
  return { profile, events: events.items, timeline: told, sessions: sessions.items };
};

const secondsMax = 30;

/** Waits for an event with which everything has had its effect. */
const seeAll = async (api: Client, named: Named, isThere: (events: TrackedEvent[]) => boolean): Promise<Seen> => {
  let seen: Seen | undefined;
  await until(
    `the events of ${named.value}`,
    async () => {
      seen = await see(api, named);
      return isThere(seen?.events ?? []);
    },
    secondsMax,
  );
  if (!seen) throw new Error(`${named.value} was not found`);
  return seen;
};

export interface Place {
  gate: Gate;
  api: Client;
  writeKey: string;
  /** Keeps the people of one run apart from those of another. */
  run: string;
}

/** Plays a visit with an SDK and tells what each of its calls has come to. */
export const visit = async (sdk: Sdk, place: Place): Promise<Outcomes> => {
  const { gate, writeKey, run } = place;
  const [userId, anonymousId] = [`user-${run}`, `anon-${run}`];
  const client = await sdk.open({ url: gate.url, writeKey, anonymousId });
  const outcomes: Outcomes = new Map();
  try {
    const called = await callAll(client, { userId, anonymousId, outcomes }, place, sdk);
    outcomes.set('500 and retry', outcomeOf(await retry(sdk, client, place, { userId, count: called + 2 })));
  } finally {
    await client.close();
  }
  outcomes.set('batch', sdk.batches ? outcomeOf(await batch(sdk, place)) : 'absent');
  return outcomes;
};

interface Visitor {
  userId: string;
  anonymousId: string;
  outcomes: Outcomes;
}

/** Makes every call that the SDK has; returns how many those are. */
const callAll = async (
  client: SdkClient,
  { userId, anonymousId, outcomes }: Visitor,
  { api }: Place,
  sdk: Sdk,
): Promise<number> => {
  const called: string[] = [];
  for (const [name, { call }] of Object.entries(steps)) {
    const made = call?.(client, userId);
    await made;
    if (made === undefined) outcomes.set(name, 'absent');
    else called.push(name);
  }
  await client.flush();
  const named: Named = { type: 'customerId', value: userId };
  const seen = await seeAll(api, named, events => events.length >= called.length);
  for (const name of called) {
    outcomes.set(name, outcomeOf(steps[name]?.holds(seen, userId, anonymousId) ?? false));
  }
  outcomes.set('flush', sdk.flushes ? outcomeOf(seen.events.length === called.length) : 'absent');
  outcomes.set('ltv', outcomeOf(seen.profile.computed.ltv === 99.5));
  outcomes.set('session', outcomeOf(sessionsHold(sdk, seen, 1)));
  outcomes.set('timeline', outcomeOf(seen.events.length === called.length && timelineHolds(seen)));
  return called.length;
};

/** The next call reaches the platform twice where the SDK tries again, and must count once. */
const retry = async (
  sdk: Sdk,
  client: SdkClient,
  { gate, api }: Place,
  { userId, count }: { userId: string; count: number },
): Promise<boolean> => {
  gate.loseAnswer();
  await callAgain(client, userId);
  await client.flush();
  if (sdk.retries) await until(`${sdk.name} to try again`, () => gate.retried > 0, 60);
  await client.track(lastCall, {});
  await client.flush();
  const named: Named = { type: 'customerId', value: userId };
  const seen = await seeAll(api, named, events => events.some(({ type }) => type === lastCall));
  const { ltv, purchaseCount } = seen.profile.computed;
  return (
    seen.events.length === count &&
    has(seen.events, 'purchase', ({ properties }) => properties.orderId === `second-${userId}`) &&
    ltv === 199.75 &&
    purchaseCount === 2 &&
    sessionsHold(sdk, seen, 2) &&
    timelineHolds(seen)
  );
};

/** Calls one after the other go in one request, and each of them has its effect. */
const batch = async (sdk: Sdk, { gate, api, writeKey, run }: Place): Promise<boolean> => {
  const anonymousId = `batch-${run}`;
  const client = await sdk.open({ url: gate.url, writeKey, anonymousId, batching: true });
  try {
    const before = gate.batches;
    await Promise.all(['One', 'Two', lastCall].map(name => client.track(name, {})));
    await client.flush();
    const named: Named = { type: 'anonymousId', value: anonymousId };
    const { events } = await seeAll(api, named, seen => seen.length >= 3);
    const types = events.map(({ type }) => type).toSorted();
    return gate.batches > before && isDeepStrictEqual(types, [lastCall, 'One', 'Two'].toSorted());
  } finally {
    await client.close();
  }
};
