interface PlainCondition {
  field: string;
  operator: string;
  value?: unknown;
}

export interface PlainRule {
  operator: 'AND' | 'OR';
  conditions: readonly (PlainCondition | PlainRule)[];
}

/** Everything that rules here can ask, read from a golden record without the language that segments are decided by. */
export type PlainRecord = Readonly<Record<string, unknown>>;

const time = (value: unknown): number => (typeof value === 'string' ? new Date(value).getTime() : Number.NaN);

const holds = (actual: unknown, operator: string, value: unknown): boolean => {
  const missing = actual === undefined || actual === null;
  if (operator === 'exists') return !missing;
  if (operator === 'not_exists') return missing;
  if (operator === '!=') return missing || actual !== value;
  if (operator === 'not_in') return missing || !(value as unknown[]).includes(actual);
  if (missing) return false;
  if (operator === '=') return actual === value;
  if (operator === 'in') return (value as unknown[]).includes(actual);
  if (operator === 'before') return time(actual) < time(value);
  if (operator === 'after') return time(actual) > time(value);
  if (operator === 'contains') {
    return Array.isArray(actual) ? actual.includes(value) : String(actual).toLowerCase().includes(String(value));
  }
  if (operator === 'starts_with') return String(actual).toLowerCase().startsWith(String(value));
  const [number, [low, high]] = [Number(actual), Array.isArray(value) ? value : [value, value]];
  if (operator === 'between') return number >= low && number <= high;
  if (operator === '>') return number > low;
  if (operator === '>=') return number >= low;
  if (operator === '<') return number < low;
  if (operator === '<=') return number <= low;
  throw new Error(`nothing is known of ${operator}`);
};

/** Whether a record is in a segment of these rules: slow, obvious, and nothing of it is shared with the platform. */
export const plainlyMatches = ({ operator, conditions }: PlainRule, record: PlainRecord): boolean => {
  let [all, any] = [true, false];
  for (const condition of conditions) {
    const one =
      'conditions' in condition
        ? plainlyMatches(condition, record)
        : holds(record[condition.field], condition.operator, condition.value);
    all &&= one;
    any ||= one;
  }
  return operator === 'AND' ? all : any;
};
