import type { Comparison, Condition } from '../../../core/language/condition.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';

/** The fields that rules ask for here: of every kind, 25 in all. */
const numberFields = [
  'computed.ltv',
  'computed.aov',
  'computed.purchaseCount',
  'computed.churnRisk',
  'computed.engagementScore',
  ...Array.from({ length: 6 }, (_, place) => `attributes.customFields.n${place}`),
];
const textFields = [
  'attributes.country',
  'attributes.city',
  'attributes.language',
  'attributes.company',
  ...Array.from({ length: 3 }, (_, place) => `attributes.customFields.t${place}`),
];
const dateFields = ['computed.lastPurchaseDate', 'computed.lastSeenDate', 'createdAt'];
const flagFields = ['consent.email', 'consent.sms', 'consent.tracking'];
const words = Array.from({ length: 20 }, (_, place) => `word ${place}`);
const tags = ['vip', 'new', 'trial', 'churned', 'wholesale'];
const start = Date.parse('2026-02-15T12:00:00.000Z');
const dateOf = (random: SeededRandom) => new Date(start - random.below(365 * 24) * 3_600_000).toISOString();

const comparisonOf = (random: SeededRandom): Comparison =>
  random.pick<() => Comparison>([
    () => ({
      field: random.pick(numberFields),
      operator: random.pick(['>', '>=', '<'] as const),
      value: random.below(1000),
    }),
    () => ({
      field: random.pick(numberFields),
      operator: random.pick(['>', '>=', '<'] as const),
      value: random.below(1000),
    }),
    () => ({ field: random.pick(textFields), operator: '=', value: random.pick(words) }),
    () => ({
      field: random.pick(textFields),
      operator: 'in',
      value: [random.pick(words), random.pick(words), random.pick(words)],
    }),
    () => ({
      field: random.pick(dateFields),
      operator: random.pick(['after', 'before'] as const),
      value: dateOf(random),
    }),
    () => ({ field: random.pick(flagFields), operator: '=', value: random.chance(0.7) }),
    () => ({ field: 'attributes.tags', operator: 'contains', value: random.pick(tags) }),
  ])();

/** Two to five comparisons, one in five of them any of which may hold. */
export const ruleOf = (random: SeededRandom): Extract<Condition, { conditions: unknown }> => ({
  operator: random.chance(0.2) ? 'OR' : 'AND',
  conditions: Array.from({ length: 2 + random.below(4) }, () => comparisonOf(random)),
});

type Data = Record<string, Record<string, unknown> | string>;

/** Somebody of whom every field is known. */
export const dataOf = (random: SeededRandom): Data => {
  const data: Record<string, Record<string, unknown>> = {
    attributes: { tags: tags.filter(() => random.chance(0.3)) },
    computed: {},
    consent: {},
  };
  const custom: Record<string, unknown> = {};
  const set = (field: string, value: unknown) => {
    const [root = '', name = '', last] = field.split('.');
    if (last) custom[last] = value;
    else Object.assign(data[root] ?? {}, { [name]: value });
  };
  for (const field of numberFields) set(field, random.below(1000));
  for (const field of textFields) set(field, random.pick(words));
  for (const field of dateFields.slice(0, 2)) set(field, dateOf(random));
  for (const field of flagFields) set(field, random.chance(0.7));
  return { ...data, attributes: { ...data.attributes, customFields: custom }, createdAt: dateOf(random) };
};

/** The same somebody after a purchase: what it is worth, how many there were, and when, are others. */
export const afterPurchase = (data: Data, random: SeededRandom): Data => ({
  ...data,
  computed: {
    ...(data.computed as object),
    ltv: random.below(1000),
    aov: random.below(1000),
    purchaseCount: random.below(1000),
    lastPurchaseDate: new Date(start).toISOString(),
  },
});
