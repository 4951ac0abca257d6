/** Anything that a rule may be made of, told apart by what it has. */
export interface PlainCondition {
  operator?: string | undefined;
  conditions?: readonly PlainCondition[] | undefined;
  field?: string | undefined;
  value?: unknown;
  event?: string | undefined;
  count?: PlainBounds | undefined;
  sum?: (PlainBounds & { property?: string | undefined }) | undefined;
  where?: PlainCondition | undefined;
  sequence?: readonly { event: string; where?: PlainCondition | undefined }[] | undefined;
  within?: string | number | undefined;
  timeWindow?: string | number | undefined;
  segment?: string | undefined;
  rfm?: PlainScores | undefined;
}
export type PlainRule = PlainCondition;

interface PlainBounds {
  min?: number | undefined;
  max?: number | undefined;
}

export interface PlainScores {
  recency?: PlainBounds | undefined;
  frequency?: PlainBounds | undefined;
  monetary?: PlainBounds | undefined;
  group?: string | undefined;
}

export interface PlainEvent {
  id: string;
  type: string;
  /** Epoch ms. */
  at: number;
  source?: string | undefined;
  properties: Readonly<Record<string, unknown>>;
}

/** Everything that rules can ask of somebody, read without the language that segments are decided by. */
export interface PlainPerson {
  /** What stands at a dotted path. */
  read: (field: string) => unknown;
  events: readonly PlainEvent[];
  /** Is the person in this segment? */
  isIn: (segmentId: string) => boolean;
  /** What is below each score, ascending: times, counts, money. */
  cuts?: { recency: readonly number[]; frequency: readonly number[]; monetary: readonly number[] } | undefined;
  now: number;
}

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d{1,9})?))?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The time of an ISO date, and nothing for every other value. */
const time = (value: unknown): number | undefined => {
  const [, day = '', clock = '00:00', seconds = '00', zone = 'Z'] =
    iso.exec(typeof value === 'string' ? value : '') ?? [];
  if (day === '' || new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const at = new Date(`${day}T${clock}:${seconds}${offset}`).getTime();
  return Number.isNaN(at) || clock.startsWith('24') ? undefined : at;
};

const daysMs = 24 * 3600 * 1000;

const length = (duration: unknown): number => {
  if (typeof duration === 'number') return duration * daysMs;
  const text = String(duration);
  const of = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
  const [date = '', clock = ''] = text.split('T');
  const days = 7 * of(/(\d+)W/) + Number(/(\d+)D/.exec(date)?.[1] ?? 0);
  const seconds = Number(/(\d+)S/.exec(clock)?.[1] ?? 0);
  return (
    days * daysMs +
    Number(/(\d+)H/.exec(clock)?.[1] ?? 0) * 3_600_000 +
    Number(/(\d+)M/.exec(clock)?.[1] ?? 0) * 60_000 +
    seconds * 1000
  );
};

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** -1, 0 or 1; nothing where two values have no order. */
const order = (left: unknown, right: unknown): number | undefined => {
  if (typeof left !== typeof right) return undefined;
  if (typeof left === 'number') return Math.sign(left - Number(right));
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const [a, b] = [time(left), time(right)];
  if (a !== undefined && b !== undefined) return Math.sign(a - b);
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
};

const same = (left: unknown, right: unknown): boolean => left === right || order(left, right) === 0;

const isAmong = (actual: unknown, values: readonly unknown[]): boolean =>
  Array.isArray(actual) ? actual.some(one => values.includes(one)) : values.some(one => same(actual, one));

const small = (value: unknown): string => String(value).toLowerCase();

/** One comparison, read word by word from the rules of evaluation. */
export const plainlyHolds = (actual: unknown, operator: string, value: unknown, now: number): boolean => {
  if (operator === 'exists') return !isMissing(actual);
  if (operator === 'not_exists') return isMissing(actual);
  if (operator === '!=') return isMissing(actual) || !same(actual, value);
  if (operator === 'not_in') return isMissing(actual) || !isAmong(actual, value as unknown[]);
  if (isMissing(actual)) return false;
  if (operator === '=') return same(actual, value);
  if (operator === 'in') return isAmong(actual, value as unknown[]);
  if (operator === 'contains' && Array.isArray(actual)) return actual.includes(value);
  if (['contains', 'starts_with', 'ends_with'].includes(operator)) {
    if (typeof actual !== 'string' || typeof value !== 'string') return false;
    if (operator === 'contains') return small(actual).includes(small(value));
    return operator === 'starts_with' ? small(actual).startsWith(small(value)) : small(actual).endsWith(small(value));
  }
  const at = time(actual);
  if (operator === 'within_last') return at !== undefined && at >= now - length(value) && at <= now;
  const bound = time(value);
  if (operator === 'before') return at !== undefined && bound !== undefined && at < bound;
  if (operator === 'after') return at !== undefined && bound !== undefined && at > bound;
  if (operator === 'between') {
    const [low, high] = value as [unknown, unknown];
    return (order(actual, low) ?? -1) >= 0 && (order(actual, high) ?? 1) <= 0;
  }
  const sign = order(actual, value);
  if (sign === undefined) return false;
  if (operator === '>') return sign > 0;
  if (operator === '>=') return sign >= 0;
  if (operator === '<') return sign < 0;
  if (operator === '<=') return sign <= 0;
  throw new Error(`nothing is known of ${operator}`);
};

const isWithin = (value: number, { min, max }: PlainBounds): boolean =>
  (min === undefined || value >= min) && (max === undefined || value <= max);

const property = (event: PlainEvent, path: string): unknown => {
  let value: unknown = event;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = Object.entries(value).find(([own]) => own === name)?.[1];
  }
  return value;
};

const isMeant = (event: PlainEvent, type: string, where: PlainCondition | undefined, now: number): boolean =>
  event.type === type &&
  (where === undefined ||
    plainlyMatches(where, { read: field => property(event, field), events: [], isIn: () => false, now }));

const happened = (
  { event = '', count, sum, where, timeWindow }: PlainCondition,
  { events, now }: PlainPerson,
): boolean => {
  const own = events.filter(
    one =>
      isMeant(one, event, where, now) &&
      (timeWindow === undefined || (one.at >= now - length(timeWindow) && one.at <= now)),
  );
  let millionths = 0n;
  for (const one of own) {
    const added = Number(property(one, `properties.${sum?.property ?? 'amount'}`) ?? 0);
    if (Number.isFinite(added)) millionths += BigInt(Math.round(added * 1e6));
  }
  if (sum && !isWithin(Number(millionths) / 1e6, sum)) return false;
  return count ? isWithin(own.length, count) : sum !== undefined || own.length > 0;
};

/** Tries every way to fill the steps. */
const followed = ({ sequence = [], within, timeWindow }: PlainCondition, { events, now }: PlainPerson): boolean => {
  const own = events
    .filter(({ at }) => timeWindow === undefined || (at >= now - length(timeWindow) && at <= now))
    .sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1));
  const fill = (step: number, from: number, begun: number): boolean => {
    const wanted = sequence[step];
    if (!wanted) return true;
    return own.some((one, place) => {
      if (place < from || !isMeant(one, wanted.event, wanted.where, now)) return false;
      const start = step === 0 ? one.at : begun;
      const inTime = within === undefined || one.at - start <= length(within);
      return inTime && fill(step + 1, place + 1, start);
    });
  };
  return fill(0, 0, 0);
};

const groupRules: readonly [string, (r: number, f: number, m: number) => boolean][] = [
  ['champions', (r, f, m) => r === 5 && f >= 4 && m >= 4],
  ['loyal', (r, f, m) => r >= 3 && f >= 4 && m >= 3],
  ['big_spenders', (r, _f, m) => r >= 3 && m === 5],
  ['new', (r, f) => r === 5 && f === 1],
  ['promising', (r, f) => r >= 3 && f <= 3],
  ['cannot_lose', (r, f, m) => r <= 2 && (f === 5 || m === 5)],
  ['at_risk', (r, f, m) => r <= 2 && f >= 3 && m >= 3],
  ['hibernating', () => true],
];

const scored = ({ recency, frequency, monetary, group }: PlainScores, { read, cuts }: PlainPerson): boolean => {
  const last = time(read('computed.lastPurchaseDate'));
  const count = Number(read('computed.purchaseCount') ?? 0);
  if (!cuts || last === undefined || count < 1) return false;
  const score = (value: number, own: readonly number[]) => 1 + own.filter(cut => cut < value).length;
  const r = score(last, cuts.recency);
  const f = score(count, cuts.frequency);
  const m = score(Number(read('computed.ltv')), cuts.monetary);
  const fits = isWithin(r, recency ?? {}) && isWithin(f, frequency ?? {}) && isWithin(m, monetary ?? {});
  return fits && (group === undefined || groupRules.find(([, applies]) => applies(r, f, m))?.[0] === group);
};

/** Whether somebody is in a segment of this rule: slow, obvious, and nothing of it is shared with the platform. */
export const plainlyMatches = (rule: PlainRule, person: PlainPerson): boolean => {
  if (rule.conditions) {
    let [all, any] = [true, false];
    for (const condition of rule.conditions) {
      const one = plainlyMatches(condition, person);
      all &&= one;
      any ||= one;
    }
    if (rule.operator === 'NOT') return !any;
    return rule.operator === 'AND' ? all : any;
  }
  if (rule.rfm) return scored(rule.rfm, person);
  if (rule.segment !== undefined) return person.isIn(rule.segment);
  if (rule.sequence) return followed(rule, person);
  if (rule.event !== undefined) return happened(rule, person);
  return plainlyHolds(person.read(rule.field ?? ''), rule.operator ?? '', rule.value, person.now);
};
