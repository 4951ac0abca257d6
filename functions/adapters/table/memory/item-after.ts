import Big from 'big.js';
import type { Item, Value, Write } from '../../../../core/ports/table.ts';
import { isMap } from './condition-holds.ts';
import { copyItem, copyValue } from './copy-value.ts';
import { itemSizeBytes } from './item-size.ts';

type Attributes = { [name: string]: Value };

const itemBytesMax = 400 * 1024;
const partitionKeyBytesMax = 2048;
const sortKeyBytesMax = 1024;

/** The map with the value at a path replaced by what `change` makes of it; `undefined` removes it. */
const changedAt = (
  map: Attributes,
  [name = '', ...deeper]: string[],
  change: (old: Value | undefined) => Value | undefined,
): Attributes => {
  const old = Object.hasOwn(map, name) ? map[name] : undefined;
  if (deeper.length > 0 && !isMap(old)) throw new Error(`table: ${name} holds no map, so nothing in it can be updated`);
  const next = deeper.length > 0 && isMap(old) ? changedAt(old, deeper, change) : change(old);
  if (next !== undefined) return { ...map, [name]: next };
  return Object.fromEntries(Object.entries(map).filter(([other]) => other !== name));
};

const sum = (path: string, old: Value | undefined, amount: number): number => {
  if (old !== undefined && typeof old !== 'number') throw new Error(`table: ${path} holds no number to add to`);
  return Number(new Big(old ?? 0).plus(amount));
};

const updated = (old: Item | undefined, { key, set, add, remove }: Extract<Write, { kind: 'update' }>): Item => {
  let attributes = { ...(old as Attributes | undefined), pk: key.pk, sk: key.sk } as Attributes;
  for (const [path, value] of Object.entries(set ?? {}))
    attributes = changedAt(attributes, path.split('.'), () => copyValue(value));
  for (const [path, amount] of Object.entries(add ?? {}))
    attributes = changedAt(attributes, path.split('.'), before => copyValue(sum(path, before, amount)));
  for (const path of remove ?? []) attributes = changedAt(attributes, path.split('.'), () => undefined);
  return attributes as Item;
};

const checkKeySize = ({ pk, sk }: Item): void => {
  if (Buffer.byteLength(pk) > partitionKeyBytesMax) throw new Error(`table: pk is over ${partitionKeyBytesMax} bytes`);
  if (Buffer.byteLength(sk) > sortKeyBytesMax) throw new Error(`table: sk is over ${sortKeyBytesMax} bytes`);
};

/** What DynamoDB asks of every stored item. */
const checked = (item: Item): Item => {
  checkKeySize(item);
  for (const name of ['lpk', 'lsk'])
    if (item[name] !== undefined && (typeof item[name] !== 'string' || item[name] === ''))
      throw new Error(`table: ${name} is a key of the list index and must be a string of at least one character`);
  const bytes = itemSizeBytes(item);
  if (bytes > itemBytesMax) throw new Error(`table: an item of ${bytes} bytes is over the limit of ${itemBytesMax}`);
  return item;
};

/**
 * The item as it is after a write whose conditions hold; nothing when it is then gone. The old item is not changed.
 *
 * @throws Error when DynamoDB would refuse the item: too large, a path through something that is no map, no number
 */
export const itemAfter = (old: Item | undefined, write: Write): Item | undefined => {
  switch (write.kind) {
    case 'put':
      return checked(copyItem(write.item));
    case 'update':
      return checked(updated(old, write));
    case 'delete':
      return undefined;
    case 'check':
      return old;
  }
};
