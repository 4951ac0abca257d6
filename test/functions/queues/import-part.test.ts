import { expect, test } from 'vitest';
import { createImport } from '../../../core/flows/create-import.ts';
import { startImport } from '../../../core/flows/start-import.ts';
import { startUploaded } from '../../../core/flows/start-uploaded.ts';
import type { ImportJob } from '../../../core/flows/stored-job.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { ImportSpec } from '../../../core/model/import-spec.ts';
import type { ObjectStore } from '../../../core/ports/object-store.ts';
import { memoryObjectStore } from '../../../functions/adapters/objects/memory-object-store.ts';
import { log } from '../../../functions/kit/log.ts';
import { differences, Loop, type LoopOptions } from '../../fixtures/run-loop.ts';

log.setLogLevel('SILENT');

const [rows, customers] = [1100, 65];
/** Every seventh row is broken; every customer has many rows, the last of which says the name that stands. */
const lineOf = (row: number): string => (row % 7 === 0 ? `,broken ${row}` : `c${row % customers},name ${row}`);
const file = `customer,name\n${Array.from({ length: rows }, (_, index) => lineOf(index + 1)).join('\n')}\n`;
const rejected = Math.floor(rows / 7);
const wanted = { read: rows, accepted: rows - rejected, duplicates: 0, rejected };

const spec = (parts: object) =>
  ImportSpec.parse({
    kind: 'profiles',
    format: 'csv',
    mapping: { customerId: 'customer', firstName: 'name' },
    ...parts,
  });

interface Scene {
  loop: Loop;
  stream: AcceptedEvent[];
  transfers: ObjectStore;
  begin: (given?: object) => Promise<string>;
  job: (id: string) => Promise<ImportJob>;
}

/** A loop in which time goes on with every page, so that every step has one page. */
const open = (options: LoopOptions = {}, fault: (operation: string) => void = () => {}): Scene => {
  const stream: AcceptedEvent[] = [];
  const store = memoryObjectStore();
  const transfers: ObjectStore = {
    ...store,
    put: async (...given) => {
      fault('before');
      const facts = await store.put(...given);
      fault('after');
      return facts;
    },
  };
  const events = {
    put: async (some: readonly AcceptedEvent[]) => {
      fault('before');
      stream.push(...some);
      fault('after');
    },
  };
  let looks = 0;
  const now = (clock: () => number) => () => {
    looks += 1;
    return new Date(clock() + looks * 15_000);
  };
  const loop: Loop = new Loop({
    ...options,
    overrides: () => ({ events, transfers, now: now(() => loop.clock.at) }),
  });
  const begin = async (given: object = {}) => {
    const { jobId } = await createImport(spec(given), loop.services);
    await store.put(`imports/${jobId}/upload`, Buffer.from(file));
    await startImport(jobId, loop.services);
    return jobId;
  };
  const job = async (id: string): Promise<ImportJob> => {
    const found = await loop.services.jobs.get(id);
    if (found?.kind !== 'import') throw new Error('it is no import');
    return found;
  };
  return { loop, stream, transfers, begin, job };
};

const names = async ({ services }: Loop): Promise<Map<string, string | undefined>> => {
  const owners = await services.profiles.ownersOf(Array.from({ length: customers }, (_, n) => `customerId#c${n}`));
  const states = await services.profiles.getMany([...owners.values()]);
  return new Map([...owners].map(([key, id]) => [key, states.get(id)?.person.attributes.firstName]));
};

const expected = (() => {
  const found = new Map<string, string>();
  for (let row = 1; row <= rows; row += 1)
    if (row % 7 !== 0) found.set(`customerId#c${row % customers}`, `name ${row}`);
  return found;
})();

const sortedOf = (map: ReadonlyMap<string, unknown>) => [...map].sort(([left], [right]) => (left < right ? -1 : 1));

test('a file is imported step by step, the last row of a person has the last word, and the counts add up', async () => {
  const { loop, begin, job } = open();
  const id = await begin();
  await loop.run();
  expect(await job(id)).toMatchObject({ status: 'completed', tally: wanted, pending: {} });
  expect(sortedOf(await names(loop))).toEqual(sortedOf(expected));
  const steps = loop.messages.sent.filter(({ queue }) => queue === 'importPart');
  expect(steps.length).toBeGreaterThan(2);
});

test('every message twice at the same time, and all of them once more: nothing changes any more', async () => {
  const { loop, begin, job } = open({ twice: true, seed: 3 });
  const id = await begin();
  await loop.run();
  expect(await job(id)).toMatchObject({ status: 'completed', tally: wanted });
  expect(sortedOf(await names(loop))).toEqual(sortedOf(expected));
  const before = loop.contents().filter(({ pk }) => pk.startsWith('P#') || pk === 'JOBS');
  await loop.redeliverEverything();
  const after = loop.contents().filter(({ pk }) => pk.startsWith('P#') || pk === 'JOBS');
  expect(differences(before, after)).toEqual([]);
});

/** Lets the n-th operation of an import fail, before it happens or after it. */
const failing = (place: number, when: 'before' | 'after') => {
  const state = { armed: false, seen: 0, failed: false };
  const strike = (at: string): void => {
    if (!state.armed || state.failed || at !== when) return;
    state.seen += 1;
    if (state.seen <= place) return;
    state.failed = true;
    throw new Error('the process ended');
  };
  return { state, strike, hooks: { before: () => strike('before'), after: () => strike('after') } };
};

test.each(['before', 'after'] as const)(
  'a crash right %s any of many steps loses no row and takes none twice',
  async when => {
    let crashes = 0;
    for (let place = 0; place < 40; place += 5) {
      const { state, strike, hooks } = failing(place, when);
      const { loop, stream, begin, job } = open({ hooks }, strike);
      const given = {
        kind: 'events',
        mapping: { type: { value: 'visit' }, customerId: 'customer', 'properties.n': 'name' },
      };
      const id = await begin(given);
      state.armed = true;
      await loop.run();
      await loop.tick();
      state.armed = false;
      await loop.run();
      expect([place, await job(id)]).toMatchObject([place, { status: 'completed', tally: wanted }]);
      expect(new Set(stream.map(({ messageId }) => messageId)).size).toBe(wanted.accepted);
      if (state.failed) crashes += 1;
      else break;
    }
    expect(crashes).toBeGreaterThan(3);
  },
  60_000,
);

test.each([
  ['before', 3],
  ['before', 40],
  ['before', 90],
  ['after', 3],
  ['after', 40],
  ['after', 90],
] as const)('a crash right %s step %i of an import of people leaves what no crash leaves', async (when, place) => {
  const { state, strike, hooks } = failing(place, when);
  const { loop, begin, job } = open({ hooks }, strike);
  const id = await begin();
  state.armed = true;
  await loop.run();
  await loop.tick();
  state.armed = false;
  await loop.run();
  expect([state.failed, await job(id)]).toMatchObject([true, { status: 'completed', tally: wanted }]);
  expect(sortedOf(await names(loop))).toEqual(sortedOf(expected));
  const people = loop.contents().filter(({ pk, sk }) => pk.startsWith('P#') && sk === 'H');
  expect(people).toHaveLength(customers);
});

test('a dry run over many steps changes nothing but the job', async () => {
  const { loop, stream, begin, job } = open();
  const id = await begin({ dryRun: true });
  await loop.run();
  expect(await job(id)).toMatchObject({ status: 'completed', tally: wanted });
  expect([loop.contents().filter(({ pk }) => pk.startsWith('P#')), stream]).toEqual([[], []]);
});

test('a file that is replaced while it is read ends the import', async () => {
  const { loop, transfers, begin, job } = open();
  const id = await begin();
  while ((await job(id)).tally.read === 0) await loop.work(1);
  await transfers.put(`imports/${id}/upload`, Buffer.from(`${file}c1,other\n`));
  await loop.run();
  expect(await job(id)).toMatchObject({ status: 'failed', error: expect.stringContaining('replaced') });
});

test('an import whose file is there begins by itself; one that waits for a day is given up', async () => {
  const { loop, transfers, job } = open();
  const [first, second] = [await createImport(spec({}), loop.services), await createImport(spec({}), loop.services)];
  await transfers.put(`imports/${first.jobId}/upload`, Buffer.from(file));
  expect(await startUploaded(loop.services)).toBe(1);
  await loop.run();
  expect((await job(first.jobId)).status).toBe('completed');
  expect((await job(second.jobId)).status).toBe('waiting');
  loop.clock.advance(25 * 3_600_000);
  await loop.tick();
  expect(await job(second.jobId)).toMatchObject({ status: 'cancelled', error: expect.stringContaining('uploaded') });
});

test('only the first hundred errors are told with the job, all of them stand in the file', async () => {
  const { loop, transfers, begin, job } = open();
  const id = await begin();
  await loop.run();
  expect((await job(id)).tally.errors).toHaveLength(100);
  const text = Buffer.from((await transfers.get(`imports/${id}/errors`))?.body ?? []).toString();
  const numbers = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(line => Number(line.split(',').at(-3)));
  expect(numbers).toEqual(Array.from({ length: rejected }, (_, index) => 7 * (index + 1)));
});
