import type { Comparison, Condition, Operator } from '../../../core/language/condition.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';

/** Values that rules and people share, so that they meet often, also at their bounds. */
export const texts = [
  'Berlin',
  'Bern',
  'berlin wall',
  '',
  'ÄRGER',
  'ärger',
  "O'Neill",
  '2026-02-01',
  '2026-02-01T00:00:00Z',
  '2026-02-10T12:30:00+02:00',
  '30',
  'true',
  '漢字 😀',
] as const;
export const numbers = [0, 1, 2, 3, 10, 12.5, 30, 99.99, 100, -5] as const;
export const tags = ['vip', 'new', 'trial', 'Berlin'] as const;
export const eventTypes = ['purchase', 'page_view', 'email_open', 'plan chosen'] as const;
export const someNow = Date.parse('2026-02-15T12:00:00.000Z');

export const dateOf = (random: SeededRandom): string => {
  const at = new Date(someNow - random.below(60 * 24) * 3_600_000);
  const zulu = at.toISOString();
  return random.pick([zulu, zulu.slice(0, 10), `${zulu.slice(0, 19)}+00:00`, zulu.slice(0, 16).replace('T', ' ')]);
};

const durationOf = (random: SeededRandom): string | number => random.pick([1, 7, 30, 45, 'PT12H', 'P2W', 'P1DT6H']);
type Kind = 'text' | 'number' | 'date' | 'flag' | 'list' | 'any';

export const fields: readonly (readonly [field: string, kind: Kind])[] = [
  ['attributes.city', 'text'],
  ['attributes.company', 'text'],
  ['attributes.birthDate', 'date'],
  ['attributes.tags', 'list'],
  ['attributes.customFields.plan', 'any'],
  ['attributes.customFields.seats', 'any'],
  ['attributes.customFields.renewal', 'any'],
  ['computed.ltv', 'number'],
  ['computed.purchaseCount', 'number'],
  ['computed.churnRisk', 'number'],
  ['computed.lastPurchaseDate', 'date'],
  ['computed.lastSeenDate', 'date'],
  ['consent.email', 'flag'],
  ['consent.sms', 'flag'],
  ['externalIds.email', 'text'],
  ['externalIds.deviceIds', 'list'],
];

type Scalar = string | number | boolean;

/** A value as a rule about a field of this kind may have it. */
const ruleValueOf = (kind: Kind, random: SeededRandom): Scalar => {
  if (kind === 'number') return random.pick(numbers);
  if (kind === 'date') return dateOf(random);
  if (kind === 'flag') return random.chance(0.5);
  if (kind === 'list') return random.pick(tags);
  if (kind === 'text') return random.pick(random.chance(0.8) ? texts.slice(0, 4) : texts);
  return random.pick<() => Scalar>([
    () => random.pick(texts),
    () => random.pick(numbers),
    () => random.chance(0.5),
    () => dateOf(random),
  ])();
};

const everywhere: readonly Operator[] = [
  '=',
  '!=',
  'in',
  'not_in',
  'exists',
  'not_exists',
  '>',
  '<',
  '>=',
  '<=',
  'between',
];
const ofKind: Partial<Record<Kind, readonly Operator[]>> = {
  text: ['contains', 'starts_with', 'ends_with'],
  list: ['contains'],
  date: ['before', 'after', 'within_last'],
  any: ['contains', 'starts_with', 'ends_with', 'before', 'after', 'within_last'],
};

/** A comparison that may be saved. */
export const comparisonOf = (
  random: SeededRandom,
  [field, kind]: readonly [string, Kind] = random.pick(fields),
  without: readonly Operator[] = [],
): Comparison => {
  const operator = random.pick(
    [...everywhere, ...(ofKind[kind] ?? []), ...(ofKind[kind] ?? [])].filter(one => !without.includes(one)),
  );
  const value = () => ruleValueOf(kind, random);
  if (operator === 'exists' || operator === 'not_exists') return { field, operator };
  if (operator === 'in' || operator === 'not_in') return { field, operator, value: [value(), value(), value()] };
  if (operator === 'between') {
    const one = value();
    let other = value();
    while (typeof other !== typeof one) other = value();
    return { field, operator, value: random.chance(0.9) && other < one ? [other, one] : [one, other] };
  }
  if (operator === 'within_last') return { field, operator, value: durationOf(random) };
  if (operator === 'before' || operator === 'after') return { field, operator, value: dateOf(random) };
  if (operator === 'starts_with' || operator === 'ends_with') {
    const text = [...random.pick(texts)];
    return { field, operator, value: (operator === 'starts_with' ? text.slice(0, 2) : text.slice(-2)).join('') };
  }
  if (operator === 'contains' && kind !== 'list' && random.chance(0.6)) {
    return { field, operator, value: random.pick(['er', 'BER', 'a', '0', '']) };
  }
  return { field, operator, value: value() };
};

const eventFields: readonly (readonly [string, Kind])[] = [
  ['properties.category', 'any'],
  ['properties.amount', 'any'],
  ['properties.item.size', 'any'],
  ['source', 'any'],
];

const whereOf = (random: SeededRandom): Condition => {
  const one = () => comparisonOf(random, random.pick(eventFields), ['within_last']);
  return random.chance(0.7) ? one() : { operator: random.pick(['AND', 'OR'] as const), conditions: [one(), one()] };
};

const boundsOf = (random: SeededRandom, low: number, width: number) =>
  random.pick([{ min: low }, { max: low }, { min: low, max: low + width }]);

const behaviourOf = (random: SeededRandom): Condition => {
  const where = () => (random.chance(0.3) ? { where: whereOf(random) } : {});
  const timed = random.chance(0.7) ? { timeWindow: durationOf(random) } : {};
  if (random.chance(0.25)) {
    const sequence = Array.from({ length: 2 + random.below(2) }, () => ({
      event: random.pick(eventTypes),
      ...where(),
    }));
    return { sequence, ...(random.chance(0.5) ? { within: durationOf(random) } : {}), ...timed };
  }
  const asked = random.pick([
    () => ({}),
    () => ({ count: boundsOf(random, random.below(4), 2) }),
    () => ({ count: { max: 0 } }),
    () => ({ sum: boundsOf(random, 25 * random.below(5), 60) }),
    () => ({ count: { min: 1 }, sum: { ...boundsOf(random, 10.5, 100), property: 'amount' } }),
  ])();
  return { event: random.pick(eventTypes), ...asked, ...where(), ...timed };
};

export interface TreeOptions {
  /** Segments that may be named. */
  segments?: readonly string[];
  scores?: boolean;
}

const leafOf = (random: SeededRandom, { segments = [], scores = false }: TreeOptions): Condition => {
  if (segments.length > 0 && random.chance(0.1)) return { segment: random.pick(segments) };
  if (scores && random.chance(0.1)) {
    const bounds = () => boundsOf(random, 1 + random.below(4), 1);
    return {
      rfm: random.pick([
        { recency: bounds() },
        { frequency: bounds(), monetary: bounds() },
        { group: 'champions' as const },
        { group: 'at_risk' as const },
        { group: 'hibernating' as const },
        { group: 'promising' as const },
      ]),
    };
  }
  return random.chance(0.25) ? behaviourOf(random) : comparisonOf(random);
};

/** A tree as people may write it. */
export const conditionOf = (random: SeededRandom, options: TreeOptions = {}, depth = 0): Condition => {
  if (depth >= 3 || random.chance(depth === 0 ? 0.25 : 0.6)) return leafOf(random, options);
  if (random.chance(0.15)) return { operator: 'NOT', conditions: [conditionOf(random, options, depth + 1)] };
  const conditions = Array.from({ length: 1 + random.below(3) }, () => conditionOf(random, options, depth + 1));
  return { operator: random.pick(['AND', 'OR'] as const), conditions };
};
