import type { Item, Key } from '../../../../core/ports/table.ts';
import { keyId } from '../key-id.ts';

/** Items grouped by one of their keys. */
class Partitions {
  readonly #partitions = new Map<string, Map<string, Item>>();

  put(partition: string, id: string, item: Item): void {
    const items = this.#partitions.get(partition);
    if (items) items.set(id, item);
    else this.#partitions.set(partition, new Map([[id, item]]));
  }

  delete(partition: string, id: string): void {
    const items = this.#partitions.get(partition);
    items?.delete(id);
    if (items?.size === 0) this.#partitions.delete(partition);
  }

  get(partition: string, id: string): Item | undefined {
    return this.#partitions.get(partition)?.get(id);
  }

  of(partition: string): Iterable<Item> {
    return this.#partitions.get(partition)?.values() ?? [];
  }
}

/** What stands in the list index of an item: its keys, or nothing when it has not both index keys. */
const listed = ({ pk, sk, lpk, lsk }: Item): { lpk: string; row: Item } | undefined =>
  typeof lpk === 'string' && typeof lsk === 'string' ? { lpk, row: { pk, sk, lpk, lsk } } : undefined;

/** The stored items and their list index, always in step. Items given in or out are never changed in place. */
export class Rows {
  readonly #items = new Partitions();
  readonly #list = new Partitions();

  get({ pk, sk }: Key): Item | undefined {
    return this.#items.get(pk, sk);
  }

  /** Puts the item in the place of the one that has this key, or removes that. */
  replace(key: Key, item: Item | undefined): void {
    const old = this.get(key);
    const oldListed = old && listed(old);
    const newListed = item && listed(item);
    if (oldListed) this.#list.delete(oldListed.lpk, keyId(key));
    if (newListed) this.#list.put(newListed.lpk, keyId(key), newListed.row);
    if (item) this.#items.put(key.pk, key.sk, item);
    else this.#items.delete(key.pk, key.sk);
  }

  /** All items of a partition of the table, or all rows of one of the list index, in no order. */
  partition(pk: string, index?: 'list'): Iterable<Item> {
    return (index ? this.#list : this.#items).of(pk);
  }
}
