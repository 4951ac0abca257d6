import { beforeEach, expect, test } from 'vitest';
import { emptyIntake, type MeterTools, meterIntake, type Taken } from '../../../core/flows/meter-intake.ts';
import type { Caller } from '../../../core/model/caller.ts';
import type { SourceActivity } from '../../../core/model/source-activity.ts';
import type { PlanViolations } from '../../../core/model/violation.ts';
import { keys } from '../../../functions/adapters/stores/access-patterns.ts';
import { tableCollection } from '../../../functions/adapters/stores/table-collection.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';

const caller: Caller = { id: 'key-1', kind: 'write', scopes: ['ingest'], fieldPolicy: {} };
const violation = {
  eventId: 'event-1',
  type: 'purchase',
  schemaVersion: 1,
  faults: [{ path: 'a', reason: 'is missing' }],
};
const event = (quarantine?: string) =>
  ({ ...(quarantine === undefined ? {} : { quarantine }) }) as Taken['fresh'][number];
const taken = (more: Partial<Taken> = {}): Taken => ({ fresh: [event()], rejected: 0, violations: [], ...more });

let clock: { at: number };
let down: boolean;
let writes: number;
let stores: Pick<MeterTools, 'sourceActivity' | 'planViolations'>;

beforeEach(() => {
  [clock, down, writes] = [{ at: Date.parse('2026-02-15T12:00:00Z') }, false, 0];
  const table = memoryTable({
    now: () => clock.at,
    before: async () => {
      if (down) throw new Error('the table is away');
    },
    onChange: () => {
      writes += 1;
    },
  });
  stores = {
    sourceActivity: tableCollection<SourceActivity>(table, keys.sourceActivity),
    planViolations: tableCollection<PlanViolations>(table, keys.planViolations),
  };
});

const open = (): MeterTools => ({ ...stores, intake: emptyIntake(), now: () => new Date(clock.at) });
const accepted = async (): Promise<number> => (await stores.sourceActivity.get('key-1'))?.counts.accepted ?? 0;

test('a hundred requests in ten seconds cost two writes, and each is counted', async () => {
  const tools = open();
  for (let request = 0; request < 100; request += 1) {
    await meterIntake(caller, taken(), tools);
    clock.at += 100;
  }
  expect([writes, await accepted()]).toEqual([1, 1]);
  await meterIntake(caller, taken(), tools);
  expect([writes, await accepted()]).toEqual([2, 101]);
});

test('many processes at the same time lose nothing', async () => {
  await Promise.all(Array.from({ length: 12 }, () => meterIntake(caller, taken(), open())));
  expect(await accepted()).toBe(12);
});

test('what could not be told is told the next time', async () => {
  const tools = open();
  down = true;
  await expect(meterIntake(caller, taken({ violations: [violation] }), tools)).rejects.toThrow('away');
  await meterIntake(caller, taken(), tools);
  [down, clock.at] = [false, clock.at + 10_000];
  await meterIntake(caller, taken({ violations: [violation] }), tools);
  expect(await accepted()).toBe(3);
  expect((await stores.planViolations.get('purchase'))?.count).toBe(2);
});

test('errors are counted by what became of the event, and the last is told', async () => {
  const fault = { path: 'event.type', reason: 'is wrong' };
  await meterIntake(caller, taken({ fresh: [event(), event('schema_violation')], rejected: 3, fault }), open());
  expect(await stores.sourceActivity.get('key-1')).toMatchObject({
    counts: { accepted: 2, rejected: 3, quarantined: 1, violations: 0 },
    lastError: { ...fault, at: '2026-02-15T12:00:00.000Z' },
  });
});

test('a key that is no source costs nothing, unless something is not as planned', async () => {
  const tools = open();
  await meterIntake({ ...caller, kind: 'secret' }, taken(), tools);
  expect(writes).toBe(0);
  await meterIntake({ ...caller, kind: 'secret' }, taken({ violations: [violation] }), tools);
  expect(await stores.sourceActivity.all()).toEqual([]);
  expect((await stores.planViolations.get('purchase'))?.count).toBe(1);
});
