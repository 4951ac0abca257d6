import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tableBucketStore } from '../../functions/adapters/stores/table-bucket-store.ts';
import { tableKinds } from './table-kinds.ts';

describe.each(tableKinds)('buckets $name', ({ open }) => {
  const opened = async () => ({ buckets: tableBucketStore(await open()), id: `key-${randomUUID()}` });

  test('a bucket that was never used is not there', async () => {
    const { buckets, id } = await opened();
    expect(await buckets.fullAt(id)).toBeUndefined();
  });

  test('moves only from what was read', async () => {
    const { buckets, id } = await opened();
    expect(await buckets.move(id, undefined, 1000.25)).toBe(true);
    expect(await buckets.move(id, undefined, 2000)).toBe(false);
    expect(await buckets.move(id, 999, 2000)).toBe(false);
    expect(await buckets.fullAt(id)).toBe(1000.25);
    expect(await buckets.move(id, 1000.25, 2000)).toBe(true);
    expect(await buckets.fullAt(id)).toBe(2000);
  });

  test('of many who move it at once one does', async () => {
    const { buckets, id } = await opened();
    const moved = await Promise.all(Array.from({ length: 10 }, (_, n) => buckets.move(id, undefined, n + 1)));
    expect(moved.filter(Boolean)).toHaveLength(1);
  });
});
