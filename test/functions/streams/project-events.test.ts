import { expect, test } from 'vitest';
import { restoreEvent } from '../../../core/engines/lake/restore-event.ts';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { projectEvents } from '../../../core/flows/project-events.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { LakeEvent, SealedParts } from '../../../core/model/lake-event.ts';
import { keys } from '../../../functions/adapters/stores/access-patterns.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { hotRows } from '../../fixtures/lake-rows.ts';
import { Loop, type LoopOptions } from '../../fixtures/run-loop.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';

const purchases = (count: number, people: number): AcceptedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    ...customerEvent(`customer${index % people}`, { amount: 1.5, at: `2026-02-1${1 + (index % 5)}T10:00:00.000Z` }),
    deviceId: `device-${index % 3}`,
    properties: { amount: 1.5, note: `for customer${index % people}@example.com`, shippingAddress: { city: 'Bonn' } },
    context: { ip: '203.0.113.7', page: { url: 'https://shop.test/?utm_source=news&utm_medium=email' } },
  }));

const idsOf = (events: readonly { id: string }[]) => events.map(({ id }) => id).sort();
const rowIdsOf = (rows: readonly LakeEvent[]) => rows.map(({ eventId }) => eventId).sort();
const toolsOf = (loop: Loop) => ({ ...loop.services, accountCurrency: 'USD' });

const projected = async (options?: LoopOptions) => {
  const loop = new Loop(options);
  const events: AcceptedEvent[] = [];
  for (let window = 0; window < 6; window += 1) {
    const brought = purchases(10, 7);
    events.push(...brought);
    await loop.fold(brought);
  }
  await loop.run();
  return { loop, events };
};

const profileOf = async (loop: Loop, customer: string): Promise<string> =>
  (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';

/** The events of rows, with everything that their seals open. */
const opened = async (loop: Loop, rows: readonly LakeEvent[]): Promise<AcceptedEvent[]> => {
  const seals = await loop.services.seals.toOpen(rows.map(({ profileId }) => profileId));
  return rows.map(row => {
    const text = seals.get(row.profileId)?.open(row.sealed ?? '', row.eventId);
    return restoreEvent(row, text === undefined ? undefined : (JSON.parse(text) as SealedParts));
  });
};

test.each([1, 2, 3])('every committed event is in the lake once, whatever comes twice (seed %i)', async seed => {
  const { loop, events } = await projected({ seed, twice: true });
  expect(rowIdsOf(await hotRows(loop.services))).toEqual(idsOf(events));
  await loop.redeliverEverything();
  expect(rowIdsOf(await hotRows(loop.services))).toEqual(idsOf(events));
});

test('batches that overlap, and workers that follow the same shard at once, bring everything once', async () => {
  for (let seed = 0; seed < 10; seed += 1) {
    const random = seededRandom(seed);
    const pause = async () => {
      for (let turns = random.below(6); turns > 0; turns -= 1) await Promise.resolve();
    };
    const loop = new Loop({ seed, hooks: { before: pause } });
    const events = purchases(30, 7);
    for (let start = 0; start < 30; start += 10) await loop.fold(events.slice(start, start + 10));
    const changes = [...loop.changes];
    for (let start = 0; start < changes.length; start += 1 + random.below(9)) {
      const batches = [1, 2, 3].map(() => changes.slice(0, start + random.below(12)));
      await Promise.all(batches.map(batch => projectEvents('shard-1', batch, toolsOf(loop))));
    }
    await projectEvents('shard-1', changes, toolsOf(loop));
    expect(rowIdsOf(await hotRows(loop.services))).toEqual(idsOf(events));
  }
});

test('with its seal a row is the very event that was accepted', async () => {
  const { loop, events } = await projected();
  const found = await opened(loop, await hotRows(loop.services));
  const byId = new Map(found.map(event => [event.id, event]));
  for (const event of events) expect(byId.get(event.id)).toEqual(event);
});

test('without its seal a row tells of nobody, and still what was bought and where they came from', async () => {
  const { loop } = await projected();
  const rows = await hotRows(loop.services);
  const text = JSON.stringify(rows);
  for (const secret of ['customer0', 'example.com', 'device-', '203.0.113.7', 'Bonn'])
    expect(text).not.toContain(secret);
  expect(rows[0]).toMatchObject({ amount: '1.5', amountMinor: 150, currency: 'USD', channel: 'email' });
  const devices = rows.filter(({ profileId }) => profileId === rows[0]?.profileId).map(({ device }) => device);
  expect(new Set(devices).size).toBe(2);
});

test('the seal of somebody who was erased opens nothing any more, and no new row of theirs is kept', async () => {
  const { loop } = await projected();
  const rows = await hotRows(loop.services);
  const id = await profileOf(loop, 'customer0');
  await eraseProfile(id, loop.services);
  await loop.run();
  expect((await loop.services.seals.toOpen([id])).size).toBe(0);
  const changes = loop.changes.map(change => ({ ...change, sequence: `9${change.sequence}` }));
  await projectEvents('shard-2', changes, toolsOf(loop));
  const after = await hotRows(loop.services);
  const own = (found: readonly LakeEvent[]) => found.filter(({ profileId }) => profileId === id).length;
  expect(own(after)).toBe(own(rows));
  expect(after.length).toBeGreaterThan(rows.length);
});

test('a chunk that no commit names never reaches the lake', async () => {
  const { loop, events } = await projected();
  const id = await profileOf(loop, 'customer0');
  const chunk = loop.changes.find(({ after }) => after?.sk.startsWith('E#'))?.after;
  const orphan = { ...chunk, ...keys.chunk(id, 99, 'attempt-0') };
  await loop.table.write({ kind: 'put', item: orphan });
  await loop.run();
  expect(rowIdsOf(await hotRows(loop.services))).toEqual(idsOf(events));
});

test('a chunk that came before the batch is read from the table', async () => {
  const loop = new Loop();
  const events = purchases(12, 3);
  await loop.fold(events.slice(0, 6));
  await loop.fold(events.slice(6));
  const heads = loop.changes.filter(({ after }) => after?.sk === 'H');
  await projectEvents('shard-1', heads, toolsOf(loop));
  expect(rowIdsOf(await hotRows(loop.services))).toEqual(idsOf(events));
});

test('a chunk that cannot be read is set aside and told, and stops nobody', async () => {
  const loop = new Loop();
  await loop.fold(purchases(4, 2));
  const id = await profileOf(loop, 'customer0');
  const changes = loop.changes.map(change =>
    change.after?.pk === `P#${id}` && change.after.sk.startsWith('E#')
      ? { ...change, after: { ...change.after, z: new Uint8Array([1, 2, 3]) } }
      : change,
  );
  const { rows, unreadable } = await projectEvents('shard-1', changes, toolsOf(loop));
  expect(rows).toBe(2);
  expect(unreadable).toMatchObject([{ profileId: id, version: 1 }]);
  const kept: string[] = [];
  for await (const { key } of loop.services.lake.list('aside/')) kept.push(key);
  expect(kept).toEqual([`aside/chunks/${id}/${unreadable[0]?.chunk}.json`]);
});

test('whose profile is erased is told to those who read the lake', async () => {
  const { loop } = await projected();
  const id = await profileOf(loop, 'customer1');
  await eraseProfile(id, loop.services);
  await loop.run();
  const { hot } = await loop.services.lakePartitions.aliasView();
  const told = (await Promise.all(hot.map(({ aliases }) => loop.services.hotFiles.aliases(aliases?.key ?? '')))).flat();
  expect(told).toMatchObject([{ profileId: id, life: 'erased', into: null }]);
});

test('control: who forgets where the newest object ends brings a repeat twice', async () => {
  const { loop, events } = await projected();
  const tools = toolsOf(loop);
  const forgetful = { ...tools.lakePartitions, endOf: async () => '', addHot: async () => true };
  await projectEvents('shard-1', loop.changes, { ...tools, lakePartitions: forgetful });
  const { rows } = await projectEvents('shard-1', loop.changes, { ...tools, lakePartitions: forgetful });
  expect(rows).toBe(events.length);
});
