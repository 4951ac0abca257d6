import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type Condition,
  ConditionRefused,
  everyItem,
  type Item,
  type Query,
  type Table,
  TransactionRefused,
  type Value,
} from '../../core/ports/table.ts';

/** The clock of the opened table: epoch milliseconds. */
export const suiteNow = 1_790_000_000_000;
const nowSeconds = suiteNow / 1000;

const partition = (): string => `suite-${randomUUID()}`;

const all = async (table: Table, query: Query): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const item of everyItem(table, query)) items.push(item);
  return items;
};

const sorts = (items: Item[], name: 'sk' | 'lsk' = 'sk'): unknown[] => items.map(item => item[name]);

/** Puts one item for every sort key. */
const filled = async (table: Table, sortKeys: string[]): Promise<string> => {
  const pk = partition();
  await table.writeMany(sortKeys.map(sk => ({ kind: 'put', item: { pk, sk } })));
  return pk;
};

/** What every adapter of the table promises. `open` gives a table whose clock stands at `suiteNow`. */
export const tableSuite = (name: string, open: () => Promise<Table>): void => {
  describe(`${name}: single items`, () => {
    test('an absent item is undefined, not an error', async () => {
      const table = await open();
      expect(await table.get({ pk: partition(), sk: 'none' })).toBeUndefined();
    });

    test('every kind of value comes back as it was put', async () => {
      const table = await open();
      const item: Item = {
        pk: partition(),
        sk: 'Ünïcode 😀 \u0001',
        text: 'line\nline "quoted" 漢字 😀',
        empty: '',
        whole: 42,
        negative: -0.000125,
        large: Number.MAX_SAFE_INTEGER,
        yes: true,
        no: false,
        nothing: null,
        bytes: new Uint8Array([0, 1, 254, 255]),
        list: ['a', 1, null, [true, { deep: new Uint8Array([7]) }], {}],
        long: Array.from({ length: 2000 }, (_, index) => index),
        map: { 'with.dot': 1, 'with space': { '#x': ':y' }, empty: {}, list: [] },
        SELECT: 'reserved words are names like any other',
      };
      await table.write({ kind: 'put', item });
      const found = await table.get(item, true);
      expect(found).toEqual(item);
      expect(found?.bytes).toBeInstanceOf(Uint8Array);
    });

    test('undefined attributes are left out', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      await table.write({ kind: 'put', item: { ...key, maybe: undefined } });
      expect(Object.keys((await table.get(key, true)) ?? {}).sort()).toEqual(['pk', 'sk']);
    });

    test('a stored item does not follow the object that it was put from or read into', async () => {
      const table = await open();
      const item = { pk: partition(), sk: 'a', map: { v: 1 } };
      await table.write({ kind: 'put', item });
      item.map.v = 2;
      const found = await table.get(item, true);
      (found?.map as { v: number }).v = 3;
      expect(await table.get(item, true)).toEqual({ pk: item.pk, sk: 'a', map: { v: 1 } });
    });

    test('a put replaces the whole item and a delete removes it', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      await table.write({ kind: 'put', item: { ...key, old: 1 } });
      await table.write({ kind: 'put', item: { ...key, young: 2 } });
      expect(await table.get(key, true)).toEqual({ ...key, young: 2 });
      await table.write({ kind: 'delete', key });
      expect(await table.get(key, true)).toBeUndefined();
      await expect(table.write({ kind: 'delete', key })).resolves.toBeUndefined();
    });

    test('an item of 400 KB is kept and one byte more is refused', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      const room = 400 * 1024 - Buffer.byteLength(`pk${key.pk}sk${key.sk}x`);
      await table.write({ kind: 'put', item: { ...key, x: 'y'.repeat(room) } });
      await expect(table.write({ kind: 'put', item: { ...key, x: 'y'.repeat(room + 1) } })).rejects.toThrow(
        /size|bytes/,
      );
      expect((await table.get(key, true))?.x).toHaveLength(room);
    });

    test('a number that cannot be kept exactly is refused', async () => {
      const table = await open();
      for (const x of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])
        await expect(table.write({ kind: 'put', item: { pk: partition(), sk: 'a', x } })).rejects.toThrow();
    });
  });

  describe(`${name}: conditions`, () => {
    const stored = { text: 'm', number: 5, flag: true, map: { v: 7, nil: null } };
    test.each<[Condition, boolean]>([
      [{ attribute: 'pk', is: 'present' }, true],
      [{ attribute: 'pk', is: 'absent' }, false],
      [{ attribute: 'other', is: 'absent' }, true],
      [{ attribute: 'other', is: 'present' }, false],
      [{ attribute: 'map.v', is: 'present' }, true],
      [{ attribute: 'map.nil', is: 'present' }, true],
      [{ attribute: 'map.w', is: 'absent' }, true],
      [{ attribute: 'other.v', is: 'absent' }, true],
      [{ attribute: 'text.v', is: 'absent' }, true],
      [{ attribute: 'map.v', is: '=', value: 7 }, true],
      [{ attribute: 'map.v', is: '=', value: '7' }, false],
      [{ attribute: 'text', is: '=', value: 'm' }, true],
      [{ attribute: 'flag', is: '=', value: true }, true],
      [{ attribute: 'flag', is: '=', value: false }, false],
      [{ attribute: 'number', is: '<', value: 6 }, true],
      [{ attribute: 'number', is: '<', value: 5 }, false],
      [{ attribute: 'number', is: '<=', value: 5 }, true],
      [{ attribute: 'number', is: '<=', value: 4 }, false],
      [{ attribute: 'number', is: '>', value: 4 }, true],
      [{ attribute: 'number', is: '>', value: 5 }, false],
      [{ attribute: 'number', is: '>', value: '4' }, false],
      [{ attribute: 'text', is: '<', value: 'n' }, true],
      [{ attribute: 'text', is: '>', value: 'M' }, true],
      [{ attribute: 'other', is: '<', value: 6 }, false],
      [{ attribute: 'other', is: '=', value: 6 }, false],
    ])('%j holds: %s', async (condition, holds) => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      await table.write({ kind: 'put', item: { ...key, ...stored } });
      const write = table.write({ kind: 'update', key, set: { done: true }, when: [condition] });
      await (holds ? write : expect(write).rejects.toThrow(ConditionRefused));
      expect(await table.get(key, true)).toEqual({ ...key, ...stored, ...(holds && { done: true }) });
    });

    test('of several conditions every one must hold', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      await table.write({ kind: 'put', item: { ...key, n: 1 } });
      const when: Condition[] = [
        { attribute: 'n', is: '=', value: 1 },
        { attribute: 'n', is: '>', value: 1 },
      ];
      await expect(table.write({ kind: 'delete', key, when })).rejects.toThrow(ConditionRefused);
      expect(await table.get(key, true)).toEqual({ ...key, n: 1 });
    });

    test('a put that wants absence happens once', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      const put = (n: number) =>
        table.write({ kind: 'put', item: { ...key, n }, when: [{ attribute: 'pk', is: 'absent' }] });
      await put(1);
      await expect(put(2)).rejects.toThrow(ConditionRefused);
      expect(await table.get(key, true)).toEqual({ ...key, n: 1 });
    });

    test('a refused update creates nothing', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      const when: Condition[] = [{ attribute: 'pk', is: 'present' }];
      await expect(table.write({ kind: 'update', key, set: { n: 1 }, when })).rejects.toThrow(ConditionRefused);
      expect(await table.get(key, true)).toBeUndefined();
    });

    test('a check alone tells whether its condition holds', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      await table.write({ kind: 'check', key, when: [{ attribute: 'pk', is: 'absent' }] });
      const present = table.write({ kind: 'check', key, when: [{ attribute: 'pk', is: 'present' }] });
      await expect(present).rejects.toThrow(ConditionRefused);
      expect(await table.get(key, true)).toBeUndefined();
    });
  });

  describe(`${name}: updates`, () => {
    test('set, add and remove reach into maps and leave the rest alone', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      await table.write({ kind: 'put', item: { ...key, h: { v: 1, keep: 'k', drop: 'd' }, drop: 1, total: 0.1 } });
      await table.write({
        kind: 'update',
        key,
        set: { 'h.new': { x: [1] }, name: 'n' },
        add: { 'h.v': 2, total: 0.2, fresh: 5 },
        remove: ['h.drop', 'drop', 'never'],
      });
      expect(await table.get(key, true)).toEqual({
        ...key,
        h: { v: 3, keep: 'k', new: { x: [1] } },
        name: 'n',
        total: 0.3,
        fresh: 5,
      });
    });

    test('an unconditional update creates the item', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      await table.write({ kind: 'update', key, set: { name: 'n' }, add: { count: 1 } });
      expect(await table.get(key, true)).toEqual({ ...key, name: 'n', count: 1 });
    });

    test.each([
      ['a path into nothing', { set: { 'none.v': 1 } }],
      ['a path into a string', { set: { 'text.v': 1 } }],
      ['a path into a list', { add: { 'list.v': 1 } }],
      ['adding to a string', { add: { text: 1 } }],
      ['an attribute named twice', { set: { a: 1 }, remove: ['a'] }],
      ['a map and something in it', { set: { map: {}, 'map.v': 1 } }],
      ['a part of the key', { set: { sk: 'b' } }],
      ['an index key that is no string', { set: { lpk: 1 } }],
      ['nothing at all', {}],
    ])('%s is an error and changes nothing', async (_, change) => {
      const table = await open();
      const item = { pk: partition(), sk: 'a', text: 't', list: [1], map: { v: 0 } };
      await table.write({ kind: 'put', item });
      const write = table.write({ kind: 'update', key: { pk: item.pk, sk: 'a' }, ...change });
      await expect(write).rejects.toThrow();
      await expect(write).rejects.not.toBeInstanceOf(ConditionRefused);
      expect(await table.get(item, true)).toEqual(item);
    });

    test('a hundred concurrent additions are all counted', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      const add = () => table.write({ kind: 'update', key, add: { n: 1 } });
      await Promise.all(Array.from({ length: 100 }, add));
      expect((await table.get(key, true))?.n).toBe(100);
    });
  });

  describe(`${name}: transactions`, () => {
    test('all kinds of writes happen together', async () => {
      const table = await open();
      const pk = partition();
      await table.writeMany(['u', 'd', 'c'].map(sk => ({ kind: 'put', item: { pk, sk, n: 1 } })));
      await table.transact([
        { kind: 'put', item: { pk, sk: 'p', n: 9 }, when: [{ attribute: 'pk', is: 'absent' }] },
        { kind: 'update', key: { pk, sk: 'u' }, add: { n: 1 }, when: [{ attribute: 'n', is: '=', value: 1 }] },
        { kind: 'delete', key: { pk, sk: 'd' } },
        { kind: 'check', key: { pk, sk: 'c' }, when: [{ attribute: 'n', is: '<=', value: 1 }] },
      ]);
      expect(await all(table, { pk, consistent: true })).toEqual([
        { pk, sk: 'c', n: 1 },
        { pk, sk: 'p', n: 9 },
        { pk, sk: 'u', n: 2 },
      ]);
    });

    test('a refused transaction changes nothing and tells which conditions failed', async () => {
      const table = await open();
      const pk = partition();
      await table.write({ kind: 'put', item: { pk, sk: 'a', n: 1 } });
      const refusal = table.transact([
        { kind: 'put', item: { pk, sk: 'b' } },
        { kind: 'update', key: { pk, sk: 'a' }, set: { n: 2 }, when: [{ attribute: 'n', is: '>', value: 1 }] },
        { kind: 'delete', key: { pk, sk: 'c' }, when: [{ attribute: 'pk', is: 'absent' }] },
        { kind: 'check', key: { pk, sk: 'd' }, when: [{ attribute: 'pk', is: 'present' }] },
      ]);
      await expect(refusal).rejects.toThrow(TransactionRefused);
      await expect(refusal).rejects.toMatchObject({ refused: [false, true, false, true] });
      expect(await all(table, { pk, consistent: true })).toEqual([{ pk, sk: 'a', n: 1 }]);
    });

    test('an impossible write stops the whole transaction', async () => {
      const table = await open();
      const pk = partition();
      const impossible = table.transact([
        { kind: 'put', item: { pk, sk: 'a' } },
        { kind: 'update', key: { pk, sk: 'b' }, set: { 'no.map': 1 } },
      ]);
      await expect(impossible).rejects.toThrow();
      await expect(impossible).rejects.not.toBeInstanceOf(TransactionRefused);
      expect(await table.count({ pk })).toBe(0);
    });

    test('of twenty racing transactions on one claim exactly one wins', async () => {
      const table = await open();
      const pk = partition();
      const claim = (winner: number) =>
        table.transact([
          { kind: 'put', item: { pk, sk: 'claim', winner }, when: [{ attribute: 'pk', is: 'absent' }] },
          { kind: 'put', item: { pk, sk: `head-${winner}` }, when: [{ attribute: 'pk', is: 'absent' }] },
        ]);
      const ends = await Promise.allSettled(Array.from({ length: 20 }, (_, winner) => claim(winner)));
      const winners = ends.flatMap((end, index) => (end.status === 'fulfilled' ? [index] : []));
      const losses = ends.flatMap(end => (end.status === 'rejected' ? [end.reason] : []));
      expect(winners).toHaveLength(1);
      for (const loss of losses) expect(loss).toMatchObject({ name: 'TransactionRefused', refused: [true, false] });
      expect(await all(table, { pk, consistent: true })).toEqual([
        { pk, sk: 'claim', winner: winners[0] },
        { pk, sk: `head-${winners[0]}` },
      ]);
    });

    test('a hundred writes are allowed; none, a hundred and one, or two on one item are not', async () => {
      const table = await open();
      const pk = partition();
      const puts = (count: number) =>
        Array.from({ length: count }, (_, n) => ({ kind: 'put' as const, item: { pk, sk: `${n}` } }));
      await expect(table.transact(puts(101))).rejects.toThrow('1 to 100');
      await expect(table.transact([])).rejects.toThrow('1 to 100');
      await expect(table.transact([...puts(1), ...puts(1)])).rejects.toThrow('only once');
      expect(await table.count({ pk })).toBe(0);
      await table.transact(puts(100));
      expect(await table.count({ pk })).toBe(100);
    });
  });

  describe(`${name}: queries`, () => {
    const sortKeys = ['A#1', 'B#1', 'B#2', 'B#3', 'B', 'C', 'b', 'é', '\uffee', '😀'];
    const inOrder = ['A#1', 'B', 'B#1', 'B#2', 'B#3', 'C', 'b', 'é', '\uffee', '😀'];

    test.each<[string, Omit<Query, 'pk'>, string[]]>([
      ['everything, by the bytes of the sort key', {}, inOrder],
      ['descending', { descending: true }, inOrder.toReversed()],
      ['by prefix', { prefix: 'B#' }, ['B#1', 'B#2', 'B#3']],
      ['by the empty prefix', { prefix: '' }, inOrder],
      ['from, inclusive', { from: 'C' }, ['C', 'b', 'é', '\uffee', '😀']],
      ['to, inclusive', { to: 'B#1' }, ['A#1', 'B', 'B#1']],
      ['between, inclusive', { from: 'B#1', to: 'B#3' }, ['B#1', 'B#2', 'B#3']],
      ['between, descending', { from: 'B#1', to: 'B#3', descending: true }, ['B#3', 'B#2', 'B#1']],
      ['an empty range', { from: 'c', to: 'a' }, []],
      ['the first two', { limit: 2 }, ['A#1', 'B']],
      ['the last one', { limit: 1, descending: true }, ['😀']],
      ['more than there are', { limit: 50 }, inOrder],
    ])('%s', async (_, range, expected) => {
      const table = await open();
      const pk = await filled(table, sortKeys);
      const page = await table.query({ pk, ...range });
      expect(sorts(page.items)).toEqual(expected);
      expect(page.next === undefined).toBe(expected.length === inOrder.length || range.limit === undefined);
      expect(await table.count({ pk, ...range })).toBe(range.limit === undefined ? expected.length : inOrder.length);
    });

    test.each([1, 3, 5, 10, 11])('pages of %d go through everything exactly once, in both orders', async limit => {
      const table = await open();
      const pk = await filled(table, sortKeys);
      expect(sorts(await all(table, { pk, limit }))).toEqual(inOrder);
      expect(sorts(await all(table, { pk, limit, descending: true }))).toEqual(inOrder.toReversed());
      expect(sorts(await all(table, { pk, limit, prefix: 'B' }))).toEqual(['B', 'B#1', 'B#2', 'B#3']);
    });

    test('the last page has no next, even when it is full', async () => {
      const table = await open();
      const pk = await filled(table, ['1', '2', '3', '4']);
      const first = await table.query({ pk, limit: 2 });
      const second = await table.query({ pk, limit: 2, ...(first.next && { after: first.next }) });
      expect([first.next === undefined, second.next]).toEqual([false, undefined]);
      expect(sorts(second.items)).toEqual(['3', '4']);
    });

    test('what is added behind the cursor while paging is found, and nothing comes twice', async () => {
      const table = await open();
      const pk = await filled(table, ['b', 'd', 'f']);
      const first = await table.query({ pk, limit: 2 });
      await table.writeMany(['a', 'e'].map(sk => ({ kind: 'put', item: { pk, sk } })));
      await table.write({ kind: 'delete', key: { pk, sk: 'd' } });
      expect(sorts(await all(table, { pk, limit: 2, ...(first.next && { after: first.next }) }))).toEqual(['e', 'f']);
    });

    test('more than a megabyte comes in several pages', async () => {
      const table = await open();
      const pk = partition();
      const keys = Array.from({ length: 8 }, (_, index) => `${index}`);
      await table.writeMany(keys.map(sk => ({ kind: 'put', item: { pk, sk, x: 'y'.repeat(300_000) } })));
      const page = await table.query({ pk });
      expect(page.items.length).toBeLessThan(keys.length);
      expect(sorts(await all(table, { pk }))).toEqual(keys);
      expect(sorts((await table.query({ pk, limit: 8 })).items)).toEqual(keys);
      expect(await table.count({ pk })).toBe(8);
    });

    test.each([
      ['no base64url of JSON', '%%%'],
      ['another shape', Buffer.from('[1]').toString('base64url')],
      ['further members', Buffer.from('{"pk":"x","sk":"y","z":"z"}').toString('base64url')],
      ['another partition', Buffer.from('{"pk":"x","sk":"y"}').toString('base64url')],
    ])('a cursor of %s is the problem of the caller', async (_, after) => {
      const table = await open();
      const problem = { code: 'INVALID_REQUEST', details: [{ path: 'query.cursor' }] };
      await expect(table.query({ pk: partition(), after })).rejects.toMatchObject(problem);
    });

    test.each<[string, Omit<Query, 'pk'>]>([
      ['a prefix with bounds', { prefix: 'a', from: 'b' }],
      ['a limit of zero', { limit: 0 }],
      ['a consistent read of the list', { index: 'list', consistent: true }],
    ])('%s is an error', async (_, range) => {
      const table = await open();
      await expect(table.query({ pk: partition(), ...range })).rejects.toThrow('table:');
    });
  });

  describe(`${name}: the list index`, () => {
    const list = async (table: Table): Promise<string> => {
      const lpk = partition();
      const rows = ['c', 'a', 'b'].map(lsk => ({ pk: `${lpk}-${lsk}`, sk: 'head', lpk, lsk, more: 1 }));
      await table.writeMany(rows.map(item => ({ kind: 'put', item })));
      return lpk;
    };

    test('shows the keys of the items that have both index keys, in order', async () => {
      const table = await open();
      const lpk = await list(table);
      await table.write({ kind: 'put', item: { pk: lpk, sk: 'only-lpk', lpk } });
      const { items } = await table.query({ index: 'list', pk: lpk });
      expect(items).toEqual(['a', 'b', 'c'].map(lsk => ({ pk: `${lpk}-${lsk}`, sk: 'head', lpk, lsk })));
      expect(await table.count({ index: 'list', pk: lpk })).toBe(3);
    });

    test('pages through everything exactly once', async () => {
      const table = await open();
      const lpk = await list(table);
      await table.write({ kind: 'put', item: { pk: `${lpk}-twin`, sk: 'head', lpk, lsk: 'b' } });
      const found = await all(table, { index: 'list', pk: lpk, limit: 1 });
      expect(sorts(found, 'lsk')).toEqual(['a', 'b', 'b', 'c']);
      expect(new Set(found.map(item => item.pk)).size).toBe(4);
      expect(sorts(await all(table, { index: 'list', pk: lpk, prefix: 'b', descending: true }), 'lsk')).toEqual([
        'b',
        'b',
      ]);
    });

    test('follows an item that moves or leaves', async () => {
      const table = await open();
      const lpk = await list(table);
      await table.write({ kind: 'update', key: { pk: `${lpk}-a`, sk: 'head' }, set: { lsk: 'z' } });
      await table.write({ kind: 'update', key: { pk: `${lpk}-b`, sk: 'head' }, remove: ['lsk'] });
      await expect
        .poll(async () => sorts((await table.query({ index: 'list', pk: lpk })).items, 'lsk'))
        .toEqual(['c', 'z']);
    });
  });

  describe(`${name}: many items`, () => {
    test('getMany finds 250 keys, once each, and leaves out what is missing', async () => {
      const table = await open();
      const sortKeys = Array.from({ length: 250 }, (_, index) => `${index}`);
      const pk = await filled(table, sortKeys);
      const keys = [...sortKeys, ...sortKeys.slice(0, 30), 'missing'].map(sk => ({ pk, sk }));
      expect(sorts(await table.getMany(keys, true)).sort()).toEqual(sortKeys.toSorted());
      expect(await table.getMany([])).toEqual([]);
    });

    test('writeMany puts and deletes 60 items; the last write of a key stays', async () => {
      const table = await open();
      const pk = await filled(table, ['gone']);
      const puts = Array.from({ length: 60 }, (_, n) => ({ kind: 'put' as const, item: { pk, sk: `${n}`, n } }));
      await table.writeMany([
        ...puts,
        { kind: 'delete', key: { pk, sk: 'gone' } },
        { kind: 'put', item: { pk, sk: '0', n: 'last' } },
      ]);
      expect(await table.count({ pk })).toBe(60);
      expect(await table.get({ pk, sk: '0' }, true)).toEqual({ pk, sk: '0', n: 'last' });
      await table.writeMany([]);
    });
  });

  describe(`${name}: conditional writes that stand alone`, () => {
    const absent: Condition[] = [{ attribute: 'pk', is: 'absent' }];
    const at = (version: number): Condition[] => [
      { attribute: 'h.version', is: '=', value: version },
      { attribute: 'h.life', is: '=', value: 'live' },
    ];
    const head = (version: number) => ({
      version,
      life: 'live',
      ring: new Uint8Array([version]),
      none: null,
      list: [{}],
    });
    const update = (pk: string, sk: string, from: number) => ({
      kind: 'update' as const,
      key: { pk, sk },
      set: { h: head(from + 1) },
      when: at(from),
    });

    test('each is done or refused for itself, in its place', async () => {
      const table = await open();
      const pk = partition();
      const items = ['a', 'b', 'c', 'd'].map(sk => ({ pk, sk, h: head(1), keep: 'k' }));
      await table.writeMany(items.map(item => ({ kind: 'put', item })));
      const put = (sk: string, x: Value) => ({ kind: 'put' as const, item: { pk, sk, x }, when: absent });
      const ends = await table.writeEach([
        update(pk, 'a', 1),
        update(pk, 'b', 2),
        put('d', 'taken'),
        put('new', new Uint8Array([1, 2])),
        update(pk, 'none', 1),
        update(pk, 'c', 1),
      ]);
      expect(ends).toEqual([true, false, false, true, false, true]);
      expect(await all(table, { pk, consistent: true })).toEqual([
        { pk, sk: 'a', h: head(2), keep: 'k' },
        { pk, sk: 'b', h: head(1), keep: 'k' },
        { pk, sk: 'c', h: head(2), keep: 'k' },
        { pk, sk: 'd', h: head(1), keep: 'k' },
        { pk, sk: 'new', x: new Uint8Array([1, 2]) },
      ]);
    });

    test('a hundred of them, in any mixture, keep their places', async () => {
      const table = await open();
      const sortKeys = Array.from({ length: 100 }, (_, number) => `${number}`.padStart(3, '0'));
      const pk = partition();
      await table.writeMany(sortKeys.map(sk => ({ kind: 'put', item: { pk, sk, h: head(Number(sk) % 3) } })));
      const ends = await table.writeEach(sortKeys.map(sk => update(pk, sk, 1)));
      expect(ends).toEqual(sortKeys.map(sk => Number(sk) % 3 === 1));
      expect(await table.writeEach([])).toEqual([]);
    });

    test.each<[Condition, boolean]>([
      [{ attribute: 'number', is: '<', value: 6 }, true],
      [{ attribute: 'number', is: '<=', value: 4 }, false],
      [{ attribute: 'number', is: '>', value: 4 }, true],
      [{ attribute: 'h.version', is: 'present' }, true],
      [{ attribute: 'other', is: 'absent' }, true],
      [{ attribute: 'other', is: 'present' }, false],
      [{ attribute: 'flag', is: '=', value: true }, true],
      [{ attribute: 'it\'s a "name"', is: '=', value: 'yes' }, true],
    ])('%j holds: %s', async (condition, holds) => {
      const table = await open();
      const item: Item = { pk: partition(), sk: 'a', number: 5, flag: true, h: head(1), 'it\'s a "name"': 'yes' };
      expect(await table.writeEach([{ kind: 'put', item, when: absent }])).toEqual([true]);
      const write = { kind: 'update' as const, key: { pk: item.pk, sk: 'a' }, set: { done: true }, when: [condition] };
      expect(await table.writeEach([write])).toEqual([holds]);
      expect(await table.get(item, true)).toEqual({ ...item, ...(holds && { done: true }) });
    });

    test('of twenty who race for one version exactly one is done', async () => {
      const table = await open();
      const item = { pk: partition(), sk: 'a', h: head(1) };
      await table.write({ kind: 'put', item });
      const ends = await Promise.all(Array.from({ length: 20 }, () => table.writeEach([update(item.pk, 'a', 1)])));
      expect(ends.flat().filter(done => done)).toHaveLength(1);
      expect((await table.get(item, true))?.h).toEqual(head(2));
    });

    test('what cannot stand alone is an error, and nothing is done', async () => {
      const table = await open();
      const key = { pk: partition(), sk: 'a' };
      const change = (rest: object) => table.writeEach([{ kind: 'update', key, ...rest }]);
      await expect(table.writeEach([{ kind: 'put', item: key }])).rejects.toThrow('wants nothing but absence');
      await expect(change({ set: { a: 1, b: 2 } })).rejects.toThrow('sets one attribute');
      await expect(change({ set: { 'a.b': 1 } })).rejects.toThrow('sets one attribute');
      await expect(change({ set: { a: 1 }, add: { n: 1 } })).rejects.toThrow('sets one attribute');
      const put = { kind: 'put' as const, item: key, when: absent };
      await expect(table.writeEach([put, put])).rejects.toThrow('only once');
      expect(await table.get(key, true)).toBeUndefined();
    });
  });

  describe(`${name}: expired items`, () => {
    const mixed = async (table: Table): Promise<string> => {
      const pk = partition();
      const ttls = { '1': nowSeconds - 1, '2': nowSeconds, '3': nowSeconds + 1, '5': nowSeconds - 1 };
      const items: Item[] = [...Object.entries(ttls).map(([sk, ttl]) => ({ pk, sk, ttl })), { pk, sk: '4' }];
      await table.writeMany(items.map(item => ({ kind: 'put', item })));
      return pk;
    };

    test('are in no answer', async () => {
      const table = await open();
      const pk = await mixed(table);
      const keys = ['1', '2', '3', '4', '5'].map(sk => ({ pk, sk }));
      expect(await Promise.all(keys.map(async key => (await table.get(key, true)) !== undefined))).toEqual([
        false,
        false,
        true,
        true,
        false,
      ]);
      expect(sorts(await table.getMany(keys, true)).sort()).toEqual(['3', '4']);
      expect(sorts((await table.query({ pk })).items)).toEqual(['3', '4']);
      expect(await table.count({ pk })).toBe(2);
    });

    test('leave no gap in a page', async () => {
      const table = await open();
      const pk = await mixed(table);
      const first = await table.query({ pk, limit: 1 });
      expect(sorts(first.items)).toEqual(['3']);
      expect(await table.query({ pk, limit: 2 })).toEqual({ items: await all(table, { pk, limit: 1 }) });
    });
  });
};
