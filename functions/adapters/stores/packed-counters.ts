import { knownEventTypes } from '../../../core/model/event-type.ts';
import type { ComputedPatch } from '../../../core/model/profile.ts';
import type { Counters, DayCounts, Override } from '../../../core/model/profile-state.ts';
import type { Scores } from '../../../core/model/scores.ts';
import type { Value } from '../../../core/ports/table.ts';

type Packed = { [name: string]: Value };
type Field = keyof ComputedPatch;

/** Overrides name their field by its place: add at the end, never remove. */
const overridable: readonly Field[] = [
  'ltv',
  'aov',
  'purchaseCount',
  'firstSeenDate',
  'lastSeenDate',
  'lastPurchaseDate',
  'churnRisk',
  'engagementScore',
  'ltv12m',
  'purchasePropensity',
];

/** Leaves out what is not there. */
const defined = (fields: { [name: string]: Value | undefined }): Packed =>
  Object.fromEntries(Object.entries(fields).filter((one): one is [string, Value] => one[1] !== undefined));

const listIfAny = (list: Value[]): Value[] | undefined => (list.length === 0 ? undefined : list);

/** Flat lists: an item pays for every name that it spells out. */
const packOverrides = (overrides: Counters['overrides']): Value[] =>
  overridable.flatMap((field, place) => {
    const override = overrides[field];
    return override ? [place, override.at, override.value, override.plus ?? null] : [];
  });

const unpackOverrides = (list: readonly Value[]): Counters['overrides'] => {
  const overrides: Counters['overrides'] = {};
  for (let start = 0; start < list.length; start += 4) {
    const [place, at, value, plus] = list.slice(start, start + 4);
    const field = overridable[Number(place)];
    if (field) overrides[field] = { at: Number(at), value, ...(plus === null ? {} : { plus }) } as Override;
  }
  return overrides;
};

const packDay = ({ day, types, others }: DayCounts): Value[] => [
  day,
  others,
  ...Object.entries(types).flatMap(([type, count]): Value[] => {
    const place = (knownEventTypes as readonly string[]).indexOf(type);
    return [place < 0 ? type : place, count];
  }),
];

const unpackDay = ([day, others, ...counted]: readonly Value[]): DayCounts => ({
  day: Number(day),
  others: Number(others),
  types: Object.fromEntries(
    Array.from({ length: counted.length / 2 }, (_, index): [string, number] => {
      const type = counted[index * 2];
      return [typeof type === 'number' ? (knownEventTypes[type] ?? '') : String(type), Number(counted[index * 2 + 1])];
    }).sort(([left], [right]) => (left < right ? -1 : 1)),
  ),
});

/** A list in the order of its parts; `null` where there is none. */
const packScores = ({ at, models, churnRisk, ltv12m, purchasePropensity, bought }: Scores): Value[] => [
  ...[at, models, churnRisk ?? null, ltv12m ?? null, purchasePropensity ?? null],
  ...(bought ? [bought.frequency, bought.firstDay, bought.lastDay, bought.spend, bought.basket] : []),
];

const numberAt = <Name extends string>(name: Name, value: Value | undefined) =>
  (value === null || value === undefined ? {} : { [name]: Number(value) }) as Partial<Record<Name, number>>;

const unpackScores = ([at, models, churnRisk, ltv12m, propensity, ...bought]: readonly Value[]): Scores => {
  const [frequency = 0, firstDay = 0, lastDay = 0, spend = 0, basket = 0] = bought.map(Number);
  return {
    at: Number(at),
    models: String(models),
    ...numberAt('churnRisk', churnRisk),
    ...numberAt('ltv12m', ltv12m),
    ...numberAt('purchasePropensity', propensity),
    ...(bought.length === 0 ? {} : { bought: { frequency, firstDay, lastDay, spend, basket } }),
  };
};

/** Counters under short names, since heads are written with every window and paid for by the kilobyte. */
export const packCounters = ({ overrides, otherCurrencies, newestDay, scores, ...counters }: Counters): Value =>
  defined({
    e: counters.events,
    p: counters.purchases,
    l: counters.ltv,
    f: counters.firstSeenAt,
    s: counters.lastSeenAt,
    b: counters.lastPurchaseAt,
    x: Object.keys(otherCurrencies).length === 0 ? undefined : otherCurrencies,
    d: newestDay && packDay(newestDay),
    o: listIfAny(packOverrides(overrides)),
    m: scores && packScores(scores),
  });

export const unpackCounters = (packed: Value): Counters => {
  const { e, p, l, f, s, b, x, d, o, m } = packed as Packed;
  return {
    events: Number(e),
    purchases: Number(p),
    ltv: String(l),
    otherCurrencies: (x ?? {}) as Record<string, string>,
    firstSeenAt: Number(f),
    lastSeenAt: Number(s),
    ...(b === undefined ? {} : { lastPurchaseAt: Number(b) }),
    ...(d === undefined ? {} : { newestDay: unpackDay(d as Value[]) }),
    overrides: unpackOverrides((o ?? []) as Value[]),
    ...(m === undefined ? {} : { scores: unpackScores(m as Value[]) }),
  };
};
