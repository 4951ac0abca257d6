import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { type HeldEntry, type QuarantinedEntry, quarantinePartitions } from '../../core/ports/quarantine.ts';
import { tableQuarantine } from '../../functions/adapters/stores/table-quarantine.ts';
import { someEvent } from '../fixtures/profile-states.ts';
import { tableKinds } from './table-kinds.ts';

const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
const hourMs = 3_600_000;
const startedAt = Date.now();

/** Received some hours ago; of today or yesterday, so that no engine lets it expire. */
const received = (hoursAgo: number, parts: Partial<AcceptedEvent> = {}): AcceptedEvent =>
  someEvent({ receivedAt: new Date(startedAt - hoursAgo * hourMs).toISOString(), ...parts });

const next = (event: AcceptedEvent, attempt: number): AcceptedEvent => ({ ...event, redrive: { attempt } });

describe.each(tableKinds)('the quarantine $name', ({ open }) => {
  const opened = async () => {
    const quarantine = tableQuarantine(await open());
    const reason = `of_${randomUUID().replaceAll('-', '_')}`;
    const listed = async (more: object = {}) =>
      (await quarantine.list({ ...always, limit: 50, reason, ...more })).items;
    const entryOf = async ({ id }: AcceptedEvent): Promise<QuarantinedEntry | undefined> =>
      (await quarantine.find([id]))[0];
    const heldOf = async (event: AcceptedEvent): Promise<HeldEntry> => {
      const entry = await entryOf(event);
      if (entry?.state !== 'held') throw new Error(`the entry is ${entry?.state}`);
      return entry;
    };
    const add = (event: AcceptedEvent, why = reason) => quarantine.add([{ event, reason: why }]);
    return { quarantine, reason, listed, entryOf, heldOf, add };
  };

  test('the newest come first, page by page, filtered by type and by the time of receipt', async () => {
    const { quarantine, reason, listed, add } = await opened();
    const events = Array.from({ length: 12 }, (_, n) => received(n, { type: n % 3 === 0 ? 'purchase' : 'page_view' }));
    for (const event of events) await add(event);
    const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id);
    expect(ids(await listed())).toEqual(ids(events));
    const purchases = ids(events.filter(({ type }) => type === 'purchase'));
    expect(ids(await listed({ type: 'purchase' }))).toEqual(purchases);
    const range = { from: startedAt - 4 * hourMs, until: startedAt - 2 * hourMs };
    expect(ids(await listed(range))).toEqual(ids(events.slice(3, 5)));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await quarantine.list({ ...always, limit: 5, reason, cursor });
      found.push(...ids(page.items));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(found).toEqual(ids(events));
  });

  test('an event is kept as it is, once, and its first try does not come back over a later one', async () => {
    const { heldOf, add, listed, reason } = await opened();
    const event = received(1, { properties: { huge: 1e300, nested: [{ a: null }] } });
    await add(event);
    const before = await heldOf(event);
    await add(event, 'other');
    expect(await heldOf(event)).toEqual(before);
    expect(before).toMatchObject({ event, reason, tries: 1 });
    await add(next(event, 3));
    await add(next(event, 2), 'other');
    expect(await heldOf(event)).toMatchObject({ tries: 3, reason });
    expect(await listed()).toHaveLength(1);
  });

  test('one window may bring an event twice; its latest try counts', async () => {
    const { quarantine, reason, heldOf } = await opened();
    const event = received(1);
    await quarantine.add([next(event, 2), event].map(one => ({ event: one, reason })));
    expect(await heldOf(event)).toMatchObject({ tries: 2 });
  });

  test('a try in vain counts, with its reason, for whoever comes first', async () => {
    const { quarantine, heldOf, add, listed } = await opened();
    const event = received(1);
    await add(event);
    const entry = await heldOf(event);
    const why = `other_${randomUUID().slice(0, 8)}`;
    expect(await quarantine.stay(entry, why, 'job-1')).toBe(true);
    expect(await quarantine.stay(entry, 'late', 'job-2')).toBe(false);
    expect(await heldOf(event)).toMatchObject({ tries: 2, reason: why, by: { jobId: 'job-1', outcome: 'stayed' } });
    expect(await listed()).toEqual([]);
    expect(await listed({ reason: why })).toHaveLength(1);
  });

  test('an event that leaves is listed until it was let go, and its earlier tries do not bring it back', async () => {
    const { quarantine, entryOf, heldOf, add, listed } = await opened();
    const event = received(1);
    await add(event);
    const entry = await heldOf(event);
    const mended = next({ ...event, source: 'mended' }, 2);
    expect(await quarantine.release(entry, mended, 'job-1')).toBe(true);
    expect(await quarantine.release(entry, next(event, 2), 'job-2')).toBe(false);
    expect(await listed()).toMatchObject([{ state: 'leaving', mended, tries: 2 }]);
    await quarantine.letGo(entry, 1);
    expect(await listed()).toHaveLength(1);
    await quarantine.letGo(entry, 2);
    await add(event);
    expect(await listed()).toEqual([]);
    expect(await entryOf(event)).toEqual({
      ...{ id: event.id, day: entry.day, tries: 2, state: 'gone' },
      by: { jobId: 'job-1', outcome: 'sent' },
    });
  });

  test.each(['before', 'after'])(
    'an event that comes back %s it was let go is kept, with what was known of it',
    async when => {
      const { quarantine, heldOf, add, reason, listed } = await opened();
      const event = received(1);
      await quarantine.add([{ event, reason, batchId: 'batch-1' }]);
      const entry = await heldOf(event);
      await quarantine.release(entry, next(event, 2), 'job-1');
      if (when === 'after') await quarantine.letGo(entry, 2);
      await add({ ...event, redrive: { attempt: 2, batchId: 'batch-1' } });
      await quarantine.letGo(entry, 2);
      expect(await heldOf(event)).toMatchObject({ tries: 2, reason, batchId: 'batch-1', by: { jobId: 'job-1' } });
      expect(await listed()).toHaveLength(1);
    },
  );

  test('whoever takes over what is about to leave finds it as it was settled', async () => {
    const { quarantine, entryOf, heldOf, add } = await opened();
    const event = received(1);
    await add(event);
    const mended = next(event, 2);
    await quarantine.release(await heldOf(event), mended, 'job-1');
    const leaving = await entryOf(event);
    if (leaving?.state !== 'leaving') throw new Error('it does not leave');
    expect(await quarantine.release(leaving, leaving.mended, 'job-2')).toBe(true);
    expect(await entryOf(event)).toMatchObject({ state: 'leaving', tries: 2, mended, by: { jobId: 'job-2' } });
  });

  test('partitions hold every event once, with those that have gone', async () => {
    const { quarantine, heldOf, add } = await opened();
    const events = Array.from({ length: 20 }, (_, n) => received(n * 2));
    for (const event of events) await add(event);
    const [gone = received(0)] = events;
    await quarantine.release(await heldOf(gone), next(gone, 2), 'job-1');
    await quarantine.letGo(
      await heldOf(gone).catch(async () => ({ id: gone.id, day: gone.receivedAt.slice(0, 10) })),
      2,
    );
    const found: string[] = [];
    for (let partition = 0; partition < quarantinePartitions; partition += 1) {
      let after: string | undefined;
      do {
        const page = await quarantine.page(partition, 3, after);
        found.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined);
    }
    const own = new Set(events.map(({ id }) => id));
    expect(found.filter(id => own.has(id)).sort()).toEqual([...own].sort());
  });

  test('the largest that may be kept aside is kept', async () => {
    const { heldOf, add } = await opened();
    const event = received(1, { type: 'unreadable', properties: { data: 'x'.repeat(100_000) } });
    await add(event);
    expect((await heldOf(event)).event).toEqual(event);
  });
});
