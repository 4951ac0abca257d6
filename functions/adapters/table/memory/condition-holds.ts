import type { Condition, Item, Value } from '../../../../core/ports/table.ts';
import { compareBytes } from '../compare-bytes.ts';

/** A map, and neither a list nor binary. */
export const isMap = (value: Value | undefined): value is { [name: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const valueAt = (item: Item | undefined, path: string): Value | undefined => {
  let value: Value | undefined = item as { [name: string]: Value } | undefined;
  for (const name of path.split('.')) value = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
};

/** How two values of one type compare: negative, zero or positive; nothing when their types differ. */
const comparison = (actual: Value | undefined, expected: string | number | boolean): number | undefined => {
  if (typeof actual === 'string' && typeof expected === 'string') return compareBytes(actual, expected);
  if (typeof actual === 'number' && typeof expected === 'number') return actual - expected;
  if (typeof actual === 'boolean' && typeof expected === 'boolean') return Number(actual) - Number(expected);
  return undefined;
};

const tests: Record<'=' | '<' | '<=' | '>', (sign: number) => boolean> = {
  '=': sign => sign === 0,
  '<': sign => sign < 0,
  '<=': sign => sign <= 0,
  '>': sign => sign > 0,
};

/** Whether a condition holds of the item that is there. An absent attribute is neither less nor greater than anything. */
export const conditionHolds = (item: Item | undefined, condition: Condition): boolean => {
  const actual = valueAt(item, condition.attribute);
  if (!('value' in condition)) return (actual === undefined) === (condition.is === 'absent');
  const sign = comparison(actual, condition.value);
  return sign !== undefined && tests[condition.is](sign);
};
