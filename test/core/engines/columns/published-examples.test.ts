import { describe, expect, test } from 'vitest';
import { markovRemoval } from '../../../../core/engines/analytics/markov-removal.ts';
import { type Asked, type PassName, passOf, type Sums } from '../../../../core/engines/columns/passes.ts';
import { partsOfCredit, ruleModels } from '../../../../core/model/attribution-model.ts';
import { emptyColumns } from '../../../../core/model/packed-columns.ts';

interface Row {
  person: number;
  at: string;
  type?: string;
  channel?: string;
}

/** The sums of a pass over rows as an example prints them. */
const sumsOf = <Name extends PassName>(name: Name, asked: Asked<Name>, rows: readonly Row[]): Sums<Name> => {
  const sorted = rows.toSorted((one, other) => one.person - other.person || Date.parse(one.at) - Date.parse(other.at));
  const types = [...new Set(sorted.map(({ type = '' }) => type))];
  const channels = ['', ...new Set(sorted.flatMap(({ channel }) => channel ?? []))];
  const people = [...new Set(sorted.map(({ person }) => person))];
  const pass = passOf(name);
  const plan = pass.plan(asked, { types, channels, currencies: [''] });
  const part = {
    ...emptyColumns(),
    people: Uint32Array.from(people),
    starts: Uint32Array.from([...people.map(person => sorted.findIndex(row => row.person === person)), sorted.length]),
    seconds: Uint32Array.from(sorted.map(({ at }) => Date.parse(at) / 1000)),
    types: Uint8Array.from(sorted.map(({ type = '' }) => types.indexOf(type))),
    channels: Uint8Array.from(sorted.map(({ channel = '' }) => channels.indexOf(channel))),
    currencies: new Uint8Array(sorted.length),
    amounts: new Int32Array(sorted.length),
  };
  return pass.add(pass.begin(plan), part, plan) as Sums<Name>;
};

const secondsAt = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;

describe('ClickHouse, reference of windowFunnel', () => {
  const asked = { from: 0, until: 2 ** 32 - 1, exclusions: [], windowSeconds: 10 * 86_400 };

  test('a user who finds, orders, … in the time gets to the end of the chain', () => {
    const rows = [
      { person: 1, at: '2019-01-29T10:00:00Z', type: '1003' },
      { person: 1, at: '2019-01-31T09:00:00Z', type: '1007' },
      { person: 1, at: '2019-01-30T08:00:00Z', type: '1009' },
      { person: 1, at: '2019-02-01T08:00:00Z', type: '1010' },
    ];
    const steps = ['1003', '1009', '1007', '1010'];
    expect(sumsOf('funnel', { ...asked, steps, order: 'sequential' }, rows).depths).toEqual([0, 0, 0, 0, 1]);
  });

  test('in strict order A->B->D->C stops at D with level 2', () => {
    const rows = ['A', 'B', 'D', 'C'].map((type, minute) => ({ person: 1, at: `2019-01-29T10:0${minute}:00Z`, type }));
    const steps = ['A', 'B', 'C'];
    expect(sumsOf('funnel', { ...asked, steps, order: 'strict' }, rows).depths).toEqual([0, 0, 1, 0]);
    expect(sumsOf('funnel', { ...asked, steps, order: 'sequential' }, rows).depths).toEqual([0, 0, 0, 1]);
  });
});

test('ClickHouse, reference of retention: of five users of the first day all are there on the next two', () => {
  const day = (date: string, users: number) =>
    Array.from({ length: users }, (_, person) => ({ person, at: `${date}T12:00:00Z`, type: 'visit' }));
  const rows = [...day('2020-01-01', 5), ...day('2020-01-02', 10), ...day('2020-01-03', 15)];
  const bounds = ['2020-01-01', '2020-01-02', '2020-01-03', '2020-01-04'].map(secondsAt);
  const asked = { bounds, joins: 'first' as const, onOrAfter: false, wholeStart: true };
  const { sizes, active } = sumsOf('cohorts', asked, rows);
  expect(sizes).toEqual([5, 5, 5]);
  expect(active.slice(0, 3)).toEqual([5, 5, 5]);
});

describe('Google Ads, About attribution models: four ads on the way to a restaurant in Florence', () => {
  const ads = ['tuscany', 'florence', '3 star', 'abigaille'];
  const clicks = ads.map((channel, day) => ({
    person: 1,
    at: `2026-02-0${day + 1}T10:00:00Z`,
    type: 'click',
    channel,
  }));
  const rows = [...clicks, { person: 1, at: '2026-02-04T10:05:00Z', type: 'reservation' }];
  const asked = {
    ...{ from: secondsAt('2026-02-01'), until: secondsAt('2026-02-10'), lookbackSeconds: 30 * 86_400 },
    ...{ halfLifeSeconds: 7 * 86_400, conversionType: 'reservation', currency: 'USD', direct: 'direct' },
  };
  const { credit } = sumsOf('attribution', asked, rows);
  const told = (model: (typeof ruleModels)[number]) =>
    credit
      .slice(ruleModels.indexOf(model) * 5 + 1, (ruleModels.indexOf(model) + 1) * 5)
      .map(own => own / partsOfCredit);

  test.each([
    ['first_touch', [1, 0, 0, 0]],
    ['last_touch', [0, 0, 0, 1]],
    ['linear', [0.25, 0.25, 0.25, 0.25]],
    ['position_based', [0.4, 0.1, 0.1, 0.4]],
  ] as const)('%s: %j', (model, expected) => expect(told(model)).toEqual(expected));
});

test('Google Analytics, time decay: seven days before a conversion a touch has half the credit, fourteen a quarter', () => {
  const rows = [
    { person: 1, at: '2026-02-01T10:00:00Z', type: 'click', channel: 'first' },
    { person: 1, at: '2026-02-08T10:00:00Z', type: 'click', channel: 'second' },
    { person: 1, at: '2026-02-15T10:00:00Z', type: 'purchase', channel: 'third' },
  ];
  const asked = {
    ...{ from: secondsAt('2026-02-01'), until: secondsAt('2026-03-01'), lookbackSeconds: 30 * 86_400 },
    ...{ halfLifeSeconds: 7 * 86_400, conversionType: 'purchase', currency: 'USD', direct: 'direct' },
  };
  const place = ruleModels.indexOf('time_decay');
  const own = sumsOf('attribution', asked, rows).credit.slice(place * 4 + 1, place * 4 + 4);
  expect(own).toEqual([142_857, 285_714, 571_429]);
});

test('Bryl’, Multi-channel attribution with Markov chains: C1→C2→C3→buys, C1→no, C2→C3→no give 20, 40 and 40 %', () => {
  const width = 6;
  const steps = new Array<number>(width * width).fill(0);
  const [begins, c1, c2, c3, buys, leaves] = [0, 1, 2, 3, 4, 5];
  for (const path of [
    [begins, c1, c2, c3, buys],
    [begins, c1, leaves],
    [begins, c2, c3, leaves],
  ]) {
    for (const [place, to] of path.entries()) {
      if (place > 0) steps[(path[place - 1] ?? 0) * width + to] = (steps[(path[place - 1] ?? 0) * width + to] ?? 0) + 1;
    }
  }
  const removal = markovRemoval(steps, 4).slice(1);
  const sum = removal.reduce((all, one) => all + one, 0);
  expect(removal.map(one => one.toFixed(6))).toEqual(['0.500000', '1.000000', '1.000000']);
  expect(removal.map(one => (one / sum).toFixed(6))).toEqual(['0.200000', '0.400000', '0.400000']);
});
