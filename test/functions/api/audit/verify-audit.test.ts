import { beforeEach, expect, test } from 'vitest';
import { everyItem, type Item } from '../../../../core/ports/table.ts';
import { keyOf } from '../../../../functions/adapters/table/key-of.ts';
import { handler as anchor } from '../../../../functions/jobs/anchor-audit.ts';
import { lambdaContext } from '../../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
  for (let number = 0; number < 60; number += 1) await platform.call('createProfile', { body: {} });
});

const lanes = Array.from({ length: 16 }, (_, lane) => lane);
const itemsOf = async (lane: number): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const item of everyItem(platform.table, { pk: `AUDIT#2026-02-15#${lane}` })) items.push(item);
  return items;
};

/** A lane with several entries. */
const longLane = async (): Promise<Item[]> => {
  const all = await Promise.all(lanes.map(itemsOf));
  return all.toSorted((left, right) => right.length - left.length)[0] ?? [];
};
const put = (item: Item) => platform.table.write({ kind: 'put', item });
const remove = (item: Item) => platform.table.write({ kind: 'delete', key: keyOf({ kind: 'put', item }) });
const anchorNow = () => anchor({} as never, lambdaContext);
const verify = async () => (await platform.call('verifyAudit')).data;
const partitionOf = ({ pk }: Item) => pk.replace('AUDIT#', '').replace('#', '/');

test('a log that nobody has touched holds', async () => {
  expect(await verify()).toMatchObject({ ok: true, checked: 60, open: 0 });
  await anchorNow();
  expect((await verify()).days.at(-1)).toEqual({
    day: '2026-02-15',
    entries: 60,
    anchoredAt: '2026-02-15T12:00:00.000Z',
  });
});

test('one flipped byte is named by partition and index', async () => {
  const lane = await longLane();
  const item = lane[1] as Item;
  await put({ ...item, e: String(item.e).replace('createProfile', 'createProfilf') });
  expect(await verify()).toMatchObject({
    ok: false,
    firstBroken: { partition: partitionOf(item), index: 1, reason: 'changed' },
  });
});

test('an entry that is missing is named', async () => {
  const lane = await longLane();
  await remove(lane[1] as Item);
  expect((await verify()).firstBroken).toEqual({
    partition: partitionOf(lane[1] as Item),
    index: 1,
    reason: 'missing',
  });
});

test('an end that was cut is found by the anchor', async () => {
  await anchorNow();
  const last = (await longLane()).at(-1) as Item;
  await remove(last);
  expect((await verify()).firstBroken).toEqual({
    partition: partitionOf(last),
    index: Number(last.sk),
    reason: 'cut',
  });
});

test('an outcome that was taken away is found once it was anchored', async () => {
  platform.clock.advance(3_600_000);
  await anchorNow();
  const { o: _o, om: _om, ...item } = (await longLane())[1] as Item;
  await put(item);
  expect((await verify()).firstBroken).toMatchObject({ index: 1, reason: 'outcomeMissing' });
});

test('a chain that was written anew by somebody without the key does not hold', async () => {
  await anchorNow();
  const lane = await longLane();
  for (const item of lane) await put({ ...item, m: 'A'.repeat(43) });
  expect((await verify()).firstBroken).toMatchObject({ partition: partitionOf(lane[0] as Item), index: 0 });
});

test('the anchor is not set over a log that does not hold', async () => {
  const lane = await longLane();
  await remove(lane[0] as Item);
  await expect(anchorNow()).rejects.toThrow(/missing/);
});

test('days that are over are anchored to their end, and a day without its anchor is named', async () => {
  platform.clock.advance(2 * 86_400_000);
  await anchorNow();
  expect((await verify()).ok).toBe(true);
  const { auditAnchors } = platform.services;
  for await (const { key } of auditAnchors.list('anchors/2026-02-15/')) await auditAnchors.delete([key]);
  expect((await verify()).firstBroken).toMatchObject({ reason: 'unanchored', partition: '2026-02-15/0' });
});

test.each([[{ from: '2026-02-16', to: '2026-02-15' }], [{ from: '2025-02-16', to: '2026-02-15' }]])(
  'refuses days that are none or too many: %j',
  async query => {
    expect((await platform.call('verifyAudit', { query })).status).toBe(400);
  },
);
