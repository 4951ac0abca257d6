import type { Item, Value } from '../../../../core/ports/table.ts';

const smallest = 1e-130;

/** The numbers that the document client takes and that DynamoDB can hold. */
const copyNumber = (value: number): number => {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new Error(`table: ${value} is not a number that an item can hold; store it as a string`);
  if (value !== 0 && Math.abs(value) < smallest) throw new Error(`table: ${value} is too near to zero`);
  return value === 0 ? 0 : value;
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

const copyMap = (map: object): { [name: string]: Value } =>
  Object.fromEntries(
    Object.entries(map)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, copyValue(value)]),
  );

/** A deep copy of what an attribute may hold. @throws Error for anything that DynamoDB would not take */
export const copyValue = (value: unknown): Value => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return copyNumber(value);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.filter(element => element !== undefined).map(copyValue);
  if (typeof value === 'object' && isPlain(value)) return copyMap(value);
  throw new Error(`table: an item cannot hold a ${typeof value === 'object' ? value.constructor.name : typeof value}`);
};

/** A deep copy of an item without its undefined attributes. */
export const copyItem = (item: Item): Item => ({ ...copyMap(item), pk: item.pk, sk: item.sk });
