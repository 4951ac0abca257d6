import { expect, test } from 'vitest';
import { lakeRow } from '../../../core/engines/lake/lake-row.ts';
import { sessionEvent } from '../../../core/engines/sessions/session-event.ts';
import { sessionsOf } from '../../../core/engines/sessions/sessions-of.ts';
import { lakeSessions, longSessions } from '../../../core/flows/lake-sessions.ts';
import type { SessionQuery } from '../../../core/flows/session-page.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { questionBudget } from '../../../core/model/question-budget.ts';
import type { EventLake } from '../../../core/ports/event-lake.ts';
import { randomHistory } from '../../verify/sessions/random-history.ts';

const accountCurrency = 'USD';
const budget = questionBudget(20, () => new Date());
const always = { from: -Infinity, until: Infinity };
const seal = { seal: (text: string) => text, open: (text: string) => text, pseudonym: (text: string) => text };
const seals = {
  toSeal: async () => new Map(),
  toOpen: async (ids: readonly string[]) => new Map(ids.map(id => [id, seal])),
  destroy: async () => undefined,
};

type Owned = { profileId: string; event: AcceptedEvent };

const archived = ({ profileId, event }: Owned) => {
  const { row, parts } = lakeRow(event, { profileId, version: 1, at: 1 }, accountCurrency);
  return { profileId, row: { ...row, device: null, sealed: JSON.stringify(parts) } };
};

const placeOf = ({ row }: ReturnType<typeof archived>) => `${new Date(row.timestamp).toISOString()}#${row.eventId}`;

/** So many events around the sessions of a page are read at once. */
const aroundMax = 20_000;

/** Gives at most so many at once, whatever is asked for; what is read around the sessions of a page all. */
const lakeOf = (owned: readonly Owned[], most: number): EventLake => {
  const rows = owned.map(archived).sort((left, right) => (placeOf(left) < placeOf(right) ? 1 : -1));
  return {
    page: async ({ profileId, from, until, cursor, limit }) => {
      const found = rows.filter(
        one =>
          one.row.timestamp >= from &&
          one.row.timestamp < until &&
          (cursor === undefined || placeOf(one) < cursor) &&
          (profileId === undefined || one.profileId === profileId),
      );
      const shown = limit === aroundMax ? found : found.slice(0, most);
      const last = shown.at(-1);
      return { events: shown, ...(last && found.length > shown.length ? { nextCursor: placeOf(last) } : {}), asOf: 7 };
    },
    one: async () => undefined,
  };
};

/** People with a history each; ids of events are theirs alone. */
const peopleOf = (seed: number, count: number): Owned[] =>
  Array.from({ length: count }, (_, person) =>
    randomHistory(seed * 100 + person).map(event => ({
      profileId: `profile-${person}`,
      event: { ...event, id: `${event.id}${person}` },
    })),
  ).flat();

const wholeOf = (owned: readonly Owned[]) =>
  [...new Set(owned.map(({ profileId }) => profileId))].flatMap(profileId => {
    const events = owned.filter(one => one.profileId === profileId).map(({ event }) => event);
    return sessionsOf(events, { profileId, accountCurrency }).map(({ view }) => view);
  });

type PageOf = (query: SessionQuery) => ReturnType<typeof lakeSessions>;

const everyPage = (lake: EventLake, limit: number, range = always) =>
  everyPageOf(query => lakeSessions(query, { eventLake: lake, seals, accountCurrency, budget }), limit, range);

const everyPageOf = async (pageOf: PageOf, limit: number, range = always) => {
  const items: Awaited<ReturnType<typeof lakeSessions>>['items'] = [];
  let [cursor, pages]: [string | undefined, number] = [undefined, 0];
  do {
    const page = await pageOf({ ...range, limit, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    pages += 1;
  } while (cursor !== undefined && pages < 1_000);
  return { items, pages };
};

/** Orders are of one session among those that are read; what is sold is left aside. */
const shape = (views: Awaited<ReturnType<typeof everyPage>>['items']) =>
  views
    .map(({ id, startedAt, endedAt, eventCount, pageViews }) =>
      [startedAt, id, endedAt, eventCount, pageViews].join(' '),
    )
    .toSorted();

test.each([
  ['all at once', 10_000, 1_000],
  ['in pages of sessions', 10_000, 3],
  ['with the lake read in pieces', 40, 5],
  ['with more events than may be held', 12, 5],
  ['with hardly any that may be held', 4, 50],
])('page by page, every session is told once and whole: %s', async (_name, most, limit) => {
  for (let seed = 0; seed < 8; seed += 1) {
    const owned = peopleOf(seed, 4);
    const { items } = await everyPage(lakeOf(owned, most), limit);
    expect(shape(items), `seed ${seed}`).toEqual(shape(wholeOf(owned)));
  }
});

test.each([10_000, 12])('a range has the sessions that began in it, whole (pieces of %i)', async most => {
  for (let seed = 0; seed < 8; seed += 1) {
    const owned = peopleOf(seed, 4);
    const whole = wholeOf(owned);
    const times = whole.map(({ startedAt }) => Date.parse(startedAt)).toSorted((left, right) => left - right);
    const range = {
      from: times[Math.floor(times.length / 3)] ?? 0,
      until: times[Math.floor((times.length * 2) / 3)] ?? 0,
    };
    const { items } = await everyPage(lakeOf(owned, most), 4, range);
    const wanted = whole.filter(({ startedAt }) => {
      const at = Date.parse(startedAt);
      return at >= range.from && at < range.until;
    });
    expect(shape(items), `seed ${seed}`).toEqual(shape(wanted));
  }
});

/** The table has what was received last, and all that happened after a moment; the lake does not know the latest yet. */
const partsOf = (owned: readonly Owned[], seed: number) => {
  const inReceipt = owned.map(({ event }) => event).toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const times = inReceipt.map(({ timestamp }) => Date.parse(timestamp)).toSorted((left, right) => left - right);
  const keptFrom = times[Math.floor((times.length * (seed % 5)) / 5)] ?? 0;
  const isLatest = (place: number) => place >= inReceipt.length - 3;
  const kept = inReceipt.filter(({ timestamp }, place) => isLatest(place) || Date.parse(timestamp) > keptFrom);
  const inLake = owned.filter(({ event }) => !isLatest(inReceipt.indexOf(event)));
  return { inLake, keptFrom, kept: { profileId: 'profile-0', events: kept.map(sessionEvent) } };
};

test.each([
  [10_000, 2],
  [7, 2],
  [3, 30],
])(
  'one person’s sessions are told once and whole, of whom the table has a part (pieces of %i, pages of %i)',
  async (most, limit) => {
    for (let seed = 0; seed < 30; seed += 1) {
      const owned = peopleOf(seed, 1);
      const { inLake, keptFrom, kept } = partsOf(owned, seed);
      const tools = { eventLake: lakeOf(inLake, most), seals, accountCurrency, budget };
      const { items } = await everyPageOf(query => longSessions(kept, keptFrom, query, tools), limit);
      expect(shape(items), `seed ${seed}`).toEqual(shape(wholeOf(owned)));
    }
  },
);

test('the answer tells what it knows, and an empty lake has no sessions', async () => {
  const query = { from: -Infinity, until: Infinity, limit: 5 };
  const found = await lakeSessions(query, { eventLake: lakeOf([], 5), seals, accountCurrency, budget });
  expect(found).toEqual({ items: [], asOf: 7 });
});
