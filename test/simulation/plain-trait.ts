/** A trait as a reader of the documentation would calculate it: nothing here comes from the engine. */
export interface PlainTrait {
  kind: string;
  event?: string;
  property?: string;
  /** The category that such an event must have. */
  category?: string;
  windowDays?: number;
}

export interface PlainEvent {
  id: string;
  type: string;
  /** Epoch ms. */
  at: number;
  properties: Record<string, unknown>;
}

const dayMs = 86_400_000;

/** What the events say that a trait counts, oldest first. */
const valuesOf = (trait: PlainTrait, events: readonly PlainEvent[], now: number): unknown[] =>
  events
    .filter(({ type }) => type === trait.event)
    .filter(({ properties }) => trait.category === undefined || properties.category === trait.category)
    .filter(({ at }) => trait.windowDays === undefined || (at <= now && now - at <= trait.windowDays * dayMs))
    .sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1))
    .map(({ at, properties }) => (trait.property ? properties[trait.property] : new Date(at).toISOString()));

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isSaid = (value: unknown): value is string | number => typeof value === 'string' || isNumber(value);

const mostFrequent = (values: readonly (string | number)[]): unknown => {
  const often = (value: unknown) => values.filter(one => one === value).length;
  return values
    .toSorted((left, right) => often(left) - often(right) || values.lastIndexOf(left) - values.lastIndexOf(right))
    .at(-1);
};

/** Amounts are whole cents here, so that a plain sum is exact. */
export const plainTrait = (trait: PlainTrait, events: readonly PlainEvent[], now: number): unknown => {
  const values = valuesOf(trait, events, now);
  const [numbers, said] = [values.filter(isNumber), values.filter(isSaid)];
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (trait.kind === 'count') return values.length || undefined;
  if (trait.kind === 'first') return said[0];
  if (trait.kind === 'last') return said.at(-1);
  if (trait.kind === 'most_frequent') return mostFrequent(said);
  if (trait.kind === 'unique_list')
    return said.length === 0 ? undefined : [...new Set(said)].sort((left, right) => (left < right ? -1 : 1));
  if (numbers.length === 0) return undefined;
  if (trait.kind === 'sum') return sum;
  if (trait.kind === 'avg') return Number((sum / numbers.length).toFixed(6));
  return trait.kind === 'min' ? Math.min(...numbers) : Math.max(...numbers);
};
