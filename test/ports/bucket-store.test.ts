import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tableBucketStore } from '../../functions/adapters/stores/table-bucket-store.ts';
import { tableKinds } from './table-kinds.ts';

const now = Date.parse('2026-02-15T12:00:00.000Z');
const latest = now + 60_000;

describe.each(tableKinds)('buckets $name', ({ open }) => {
  const opened = async () => {
    const [buckets, id] = [tableBucketStore(await open()), `key-${randomUUID()}`];
    const take = (before: number | undefined, milliseconds: number, at = now) =>
      buckets.take(id, { before, milliseconds, now: at, latest: at + 60_000 });
    return { fullAt: () => buckets.fullAt(id), take };
  };

  test('a bucket that was never used is not there', async () => {
    const { fullAt } = await opened();
    expect(await fullAt()).toBeUndefined();
  });

  test('one that was never used begins once', async () => {
    const { fullAt, take } = await opened();
    expect([await take(undefined, 1000.25), await take(undefined, 2000)]).toEqual([true, false]);
    expect(await fullAt()).toBe(now + 1000.25);
  });

  test('whoever else has taken out of it since it was read, both have taken', async () => {
    const { fullAt, take } = await opened();
    await take(undefined, 1000);
    expect([await take(now + 1000, 8571.429), await take(now + 1000, 8571.429)]).toEqual([true, true]);
    expect(await fullAt()).toBe(now + 18_142.858);
  });

  test('nobody takes what is not there any more', async () => {
    const { fullAt, take } = await opened();
    await take(undefined, 59_000);
    expect([await take(now + 59_000, 1001), await take(now + 59_000, 1000)]).toEqual([false, true]);
    expect(await fullAt()).toBe(latest);
  });

  test('one that is full again begins anew, and only once', async () => {
    const { fullAt, take } = await opened();
    await take(undefined, 1000);
    const later = now + 5000;
    expect([await take(now + 1000, 200, later), await take(now + 1000, 200, later)]).toEqual([true, false]);
    expect(await fullAt()).toBe(later + 200);
  });

  test('one that has become full since it was read is looked at again', async () => {
    const { take } = await opened();
    await take(undefined, 1000);
    expect(await take(now + 6000, 100, now + 5000)).toBe(false);
  });

  test('of many who begin it at once one does', async () => {
    const { take } = await opened();
    const taken = await Promise.all(Array.from({ length: 10 }, (_, n) => take(undefined, n + 1)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
});
