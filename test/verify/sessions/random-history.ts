import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';

const start = Date.parse('2026-02-15T20:00:00.000Z');
const types = ['page_view', 'page_view', 'page_view', 'product_view', 'custom', 'email_open', 'purchase'] as const;
const usualPauses = [0, 0, 1, 60, 600, 1_799, 1_800, 1_800, 1_801, 1_801, 3_600, 20_000] as const;
/** Whoever hardly pauses comes to the end of a day. */
const restlessPauses = [1_799, 1_800, 1_800, 1_800] as const;

const idOf = (place: number): string => `event-01kh${String(place).padStart(22, '0')}`;

/** What may tell where somebody came from; several things may do so at once. */
const addresses = [undefined, undefined, undefined, 'https://shop.test/?utm_source=google&utm_medium=cpc'] as const;
const referrers = [undefined, undefined, 'https://www.bing.com/search?q=shoes', 'https://blog.test/a#b'] as const;
const campaigns = [undefined, undefined, undefined, { source: 'news', medium: 'email', name: 'spring' }] as const;

const arrivalOf = (random: SeededRandom): Pick<AcceptedEvent, 'properties' | 'context'> => {
  const [url, referrer, campaign] = [random.pick(addresses), random.pick(referrers), random.pick(campaigns)];
  return {
    properties: {
      ...(url === undefined ? {} : { url }),
      ...(referrer === undefined ? {} : { referrer }),
      ...(random.chance(0.1) ? { source: 'facebook' } : {}),
    },
    ...(campaign === undefined ? {} : { context: { campaign } }),
  };
};

const propertiesOf = (type: string, random: SeededRandom): Record<string, unknown> => {
  if (type === 'purchase') return { amount: random.below(10_000) / 100, orderId: `o-${random.below(4)}` };
  return type === 'page_view' ? { page: random.pick(['/', '/shoes', '/cart']) } : {};
};

const eventAt = (at: number, random: SeededRandom): Omit<AcceptedEvent, 'id' | 'messageId' | 'receivedAt'> => {
  const type = random.pick(types);
  const device = random.pick(['phone', 'phone', 'laptop', undefined]);
  const cookie = random.chance(0.1) ? [{ type: 'anonymousId' as const, value: 'laptop' }] : [];
  const sessionId = random.pick([undefined, undefined, undefined, 's-1', 's-2']);
  const source = random.pick(['web', 'web', undefined, 'Server']);
  const { properties, ...arrival } = arrivalOf(random);
  return {
    type,
    timestamp: new Date(at).toISOString(),
    identifiers: cookie,
    ...arrival,
    properties: { ...properties, ...propertiesOf(type, random) },
    ...(device === undefined || cookie.length > 0 ? {} : { deviceId: device }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(source === undefined ? {} : { source }),
  };
};

/** Mostly in the order of time; some come late. */
const places = (count: number, random: SeededRandom): number[] => {
  const late = Array.from({ length: count }, (_, place) => (random.chance(0.2) ? place + random.below(count) : place));
  const order = late.map((rank, place) => ({ rank, place })).sort((left, right) => left.rank - right.rank);
  const received = new Array<number>(count).fill(0);
  order.forEach(({ place }, rank) => {
    received[place] = rank;
  });
  return received;
};

/** Always there, on one device, in one session of the client's at most. */
const restless = (event: ReturnType<typeof eventAt>): ReturnType<typeof eventAt> => {
  const { sessionId: _session, deviceId: _device, ...rest } = event;
  return { ...rest, type: event.type === 'email_open' ? 'page_view' : event.type, identifiers: [], source: 'web' };
};

/** The events of one person in the order of time; their ids rise with the time of receipt. The same for the same seed. */
export const randomHistory = (seed: number): AcceptedEvent[] => {
  const random = seededRandom(seed);
  const isRestless = random.chance(0.3);
  const pauses = isRestless ? restlessPauses : usualPauses;
  const count = isRestless ? 55 + random.below(15) : 2 + random.below(40);
  const received = places(count, random);
  let at = start;
  return received.map(place => {
    at += random.pick(pauses) * 1_000;
    const [id, receivedAt] = [idOf(place), new Date(start + 10 * 86_400_000 + place).toISOString()];
    const event = eventAt(at, random);
    return { id, messageId: id, receivedAt, ...(isRestless ? restless(event) : event) };
  });
};
