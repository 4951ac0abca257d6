import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Totals } from '../../core/ports/counters.ts';
import { tableCounterStore } from '../../functions/adapters/stores/table-counter-store.ts';
import { tableKinds } from './table-kinds.ts';

const totals = (profiles: number, watermark: number): Totals => ({
  profiles,
  events: profiles * 10,
  byDay: { '2026-02-15': { profiles, events: profiles * 10 } },
  watermark,
});

describe.each(tableKinds)('counters $name', ({ open }) => {
  const opened = async () => ({ counters: tableCounterStore(await open()), shard: `shard-${randomUUID()}` });

  test('a shard that has counted nothing stands at no sequence number', async () => {
    const { counters, shard } = await opened();
    expect(await counters.ofShard(shard)).toEqual({
      sequence: '',
      totals: { profiles: 0, events: 0, byDay: {}, watermark: 0 },
    });
  });

  test('sums and sequence number change together', async () => {
    const { counters, shard } = await opened();
    expect(await counters.advance(shard, '', '100', totals(3, 5))).toBe(true);
    expect(await counters.ofShard(shard)).toEqual({ sequence: '100', totals: totals(3, 5) });
  });

  test('of many who go on from the same sequence number to different ones, one is heard', async () => {
    const { counters, shard } = await opened();
    const heard = await Promise.all(
      Array.from({ length: 8 }, (_, index) => counters.advance(shard, '', String(100 + index), totals(index, 0))),
    );
    expect(heard.filter(Boolean)).toHaveLength(1);
  });

  test('going on from where the shard no longer stands is refused', async () => {
    const { counters, shard } = await opened();
    await counters.advance(shard, '', '100', totals(1, 0));
    await counters.advance(shard, '100', '200', totals(2, 0));
    expect(await counters.advance(shard, '100', '300', totals(9, 0))).toBe(false);
    expect(await counters.advance(shard, '', '300', totals(9, 0))).toBe(false);
    expect((await counters.ofShard(shard)).totals.profiles).toBe(2);
  });

  test('who has already come to the sequence number that is asked for is told so: a lost answer is no failure', async () => {
    const { counters, shard } = await opened();
    await counters.advance(shard, '', '100', totals(1, 0));
    expect(await counters.advance(shard, '', '100', totals(1, 0))).toBe(true);
  });

  test('the totals are the sums over all shards, and the newest watermark', async () => {
    const { counters, shard } = await opened();
    const before = await counters.totals();
    await counters.advance(shard, '', '100', totals(3, 4_000_000_000_005));
    await counters.advance(`${shard}-b`, '', '7', totals(4, 4_000_000_000_002));
    const after = await counters.totals();
    expect(after.profiles - before.profiles).toBe(7);
    expect(after.events - before.events).toBe(70);
    expect((after.byDay['2026-02-15']?.events ?? 0) - (before.byDay['2026-02-15']?.events ?? 0)).toBe(70);
    expect(after.watermark).toBe(4_000_000_000_005);
  });
});
