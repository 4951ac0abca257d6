/** What one attribute may hold. `Uint8Array` is binary; money travels as a decimal string. */
export type Value = string | number | boolean | null | Uint8Array | Value[] | { [name: string]: Value };

/** The primary key of every item. */
export interface Key {
  pk: string;
  sk: string;
}

/** One item. `lpk` and `lsk`, where present, put it into the list index; `ttl` (epoch seconds) lets it expire. */
export type Item = Key & { [attribute: string]: Value | undefined };

/** What must hold of the item that is there for a write to happen. Attribute names are dotted paths into maps. */
export type Condition =
  | { attribute: string; is: 'absent' | 'present' }
  | { attribute: string; is: '=' | '<' | '<=' | '>'; value: string | number | boolean };

/** One write. Every condition must hold, or the write is refused. `check` writes nothing. */
export type Write =
  | { kind: 'put'; item: Item; when?: Condition[] }
  | {
      kind: 'update';
      key: Key;
      set?: { [path: string]: Value };
      add?: { [path: string]: number };
      remove?: string[];
      when?: Condition[];
    }
  | { kind: 'delete'; key: Key; when?: Condition[] }
  | { kind: 'check'; key: Key; when: Condition[] };

/** A write that may go with others that have nothing to do with it: a new item, or one attribute of an item that is there. */
export type LoneWrite = Extract<Write, { kind: 'put' }> | Extract<Write, { kind: 'update' }>;

/** A range of one partition, of the table or of the list index, in the order of the sort key. */
export interface Query {
  /** `list`: the index over `lpk` and `lsk`, eventually consistent, with keys only. */
  index?: 'list';
  pk: string;
  prefix?: string;
  /** Inclusive bounds of the sort key; not together with `prefix`. */
  from?: string;
  to?: string;
  descending?: boolean;
  limit?: number;
  /** The `next` of the page before. */
  after?: string;
  consistent?: boolean;
}

export interface Page {
  items: Item[];
  next?: string;
}

/** A single write was refused because a condition did not hold. */
export class ConditionRefused extends Error {
  override readonly name = 'ConditionRefused';
}

/** A transaction was refused; nothing of it happened. `refused[i]` tells whether the condition of write `i` failed. */
export class TransactionRefused extends Error {
  override readonly name = 'TransactionRefused';
  readonly refused: boolean[];
  constructor(refused: boolean[]) {
    super(`transaction refused by conditions ${refused.flatMap((no, index) => (no ? [index] : [])).join(', ')}`);
    this.refused = refused;
  }
}

/**
 * The single table, as the stores need it. Adapters: DynamoDB and an in-memory one for seeded fault schedules.
 *
 * Throttling and conflicts between transactions are retried inside with back-off; what still fails is thrown.
 * An expired item (`ttl` in the past) is never returned.
 */
export interface Table {
  get(key: Key, consistent?: boolean): Promise<Item | undefined>;
  /** Any number of keys; missing items are left out, order is not kept. */
  getMany(keys: Key[], consistent?: boolean): Promise<Item[]>;
  query(query: Query): Promise<Page>;
  /** How many items a query would return, whatever its `limit`. */
  count(query: Query): Promise<number>;
  /** @throws ConditionRefused */
  write(write: Write): Promise<void>;
  /** All or nothing, at most 100 writes on distinct items. @throws TransactionRefused */
  transact(writes: Write[]): Promise<void>;
  /** Any number of unconditional puts and deletes; returns when all are durable. */
  writeMany(writes: ({ kind: 'put'; item: Item } | { kind: 'delete'; key: Key })[]): Promise<void>;
  /**
   * Any number of conditional writes on distinct items, each done or refused for itself; tells for each whether it was
   * done. A put must want absence. An update sets one attribute, and is refused where the item is not there. A refusal
   * says that the condition does not hold now: an answer may be lost, and the write refused by its own first try.
   */
  writeEach(writes: LoneWrite[]): Promise<boolean[]>;
}

/** Every page of a query, one after the other. */
export async function* everyItem(table: Table, query: Query): AsyncGenerator<Item> {
  let after = query.after;
  do {
    const page = await table.query(after === undefined ? query : { ...query, after });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
