import type { Item, Value } from '../../../../core/ports/table.ts';

const collectionBytes = 3;

const numberBytes = (value: number): number => {
  const digits = value
    .toString()
    .replace(/e.*$|[-.]/g, '')
    .replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + (value < 0 ? 2 : 1);
};

const valueBytes = (value: Value): number => {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return Buffer.byteLength(value, 'utf8');
  if (typeof value === 'number') return numberBytes(value);
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + 1 + valueBytes(one), collectionBytes);
  return collectionBytes + Object.keys(value).length + attributesBytes(value);
};

const attributesBytes = (attributes: { [name: string]: Value | undefined }): number => {
  let sum = 0;
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) sum += Buffer.byteLength(name, 'utf8') + valueBytes(value);
  return sum;
};

/** The size of an item in bytes as DynamoDB counts it: names and values in UTF-8, numbers by their digits. */
export const itemSizeBytes = (item: Item): number => attributesBytes(item);
