import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MappedRow } from '../../../core/engines/imports/row.ts';
import { importProfiles } from '../../../core/flows/import-profiles.ts';
import type { BegunImport, ImportTools } from '../../../core/flows/import-rows.ts';
import { updateProfile } from '../../../core/flows/update-profile.ts';
import { type MemoryTableHooks, memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { platformServices, testClock } from '../../fixtures/platform-services.ts';

/** An import that began a while ago, with all that it needs; `items` is what the table holds. */
const open = (hooks: MemoryTableHooks = {}) => {
  const clock = testClock();
  const items = new Map<string, unknown>();
  const table = memoryTable({
    ...hooks,
    onChange: ({ key, newItem }) => items.set(`${key.pk} ${key.sk}`, newItem),
    now: () => clock.at,
  });
  const { services } = platformServices(table, clock, {});
  const job = { id: 'job-1', spec: {}, begun: { at: clock.at - 60_000 } } as BegunImport;
  return { services, items, clock, take: (rows: readonly MappedRow[]) => importProfiles(rows, job, services) };
};

const rowsOf = (bodies: readonly Record<string, unknown>[]): MappedRow[] =>
  bodies.map((body, index) => ({ row: { number: index + 1, cells: {} }, body }));

const people = 50;
const page = rowsOf(
  Array.from({ length: 500 }, (_, n) => ({ customerId: `c${Math.floor(n / 10)}`, attributes: { firstName: `n${n}` } })),
);

/** Who has the identifiers, and whether those that nobody has were of somebody who was erased. */
test('a page of rows costs a commit for each person, and its reads are shared', async () => {
  const calls: string[] = [];
  const { take } = open({ before: operation => void calls.push(operation) });
  const count = (name: string) => calls.filter(one => one === name).length;
  expect(await take(page)).toMatchObject({ accepted: 500, errors: [] });
  expect([count('transact'), calls.length]).toEqual([people, people + 2]);
  calls.length = 0;
  expect(await take(page)).toMatchObject({ accepted: 500, errors: [] });
  expect([count('getMany'), calls.length]).toEqual([2, 2]);
});

test('rows that come again change nothing that is kept', async () => {
  const { take, items } = open();
  await take(page);
  const before = structuredClone(items);
  await take(page);
  await take(page.slice(100, 200));
  expect(items).toEqual(before);
  expect(items.size).toBeGreaterThan(2 * people);
});

test('who is changed while the page is read keeps what was said since, and loses no row', async () => {
  let reads = 0;
  let meanwhile: (() => Promise<unknown>) | undefined;
  const { take, services } = open({
    after: async operation => {
      if (operation === 'getMany') reads += 1;
      const run = reads === 2 ? meanwhile : undefined;
      if (run) meanwhile = undefined;
      await run?.();
    },
  });
  await take(page.slice(0, 20));
  const ownerOf = async (key: string) => (await services.profiles.ownersOf([key])).get(key) ?? '';
  const id = await ownerOf('customerId#c1');
  const edit = () => ({ attributes: { firstName: 'said since' }, identifiers: [] });
  reads = 0;
  meanwhile = () => updateProfile({ id, edit, requestId: 'request-1' }, services);
  const more = page.map(({ row, body }) => ({
    row: { ...row, number: row.number + 1000 },
    body: { ...body, city: 'derby' },
  }));
  expect(await take(more)).toMatchObject({ accepted: 500, errors: [] });
  expect((await services.profiles.get(id))?.person.attributes).toMatchObject({
    firstName: 'said since',
    city: 'derby',
  });
  const other = await services.profiles.get(await ownerOf('customerId#c0'));
  expect(other?.person.attributes).toMatchObject({ firstName: 'n9', city: 'derby' });
});

/** What is known of everybody, without the ids of profiles, which no two runs share. */
const known = async ({ profiles }: ImportTools, keys: readonly string[]) => {
  const owners = await profiles.ownersOf(keys);
  const states = await profiles.getMany([...new Set(owners.values())]);
  return [...states.values()]
    .map(({ person }) => ({
      attributes: person.attributes,
      provenance: person.provenance,
      keys: person.identifiers.map(({ key }) => key).sort(),
    }))
    .sort((left, right) => (left.keys.join() < right.keys.join() ? -1 : 1));
};

const allKeys = [
  ...['1', '2', '3'].map(n => `customerId#${n}`),
  ...['4', '5', '6'].map(n => `email#p${n}@example.com`),
  ...['7', '8', '9'].map(n => `deviceId#d${n}`),
];

const body = fc
  .record({
    customerId: fc.constantFrom(undefined, '1', '2', '3'),
    email: fc.constantFrom(undefined, 'p4@example.com', 'p5@example.com', 'p6@example.com'),
    deviceId: fc.constantFrom('d7', 'd8', 'd9'),
    firstName: fc.constantFrom(undefined, 'ann', 'bob'),
  })
  .map(({ customerId, email, deviceId, firstName }) => ({
    ...{ customerId, firstName, email, externalIds: { deviceIds: [deviceId] } },
  }));

test('rows that are taken together come to the same as one after the other, and are refused for the same reasons', () =>
  fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 12 }), fc.nat(12), async (bodies, cut) => {
      const rows = rowsOf(bodies);
      const refused = (tallies: Awaited<ReturnType<typeof importProfiles>>[]) =>
        tallies.flatMap(({ errors }) => errors.map(({ row, path, reason }) => [row.number, path, reason]));
      const [together, alone, halves] = [open(), open(), open()];
      const whole = await together.take(rows);
      const one = [];
      for (const row of rows) one.push(await alone.take([row]));
      const two = [await halves.take(rows.slice(0, cut)), await halves.take(rows.slice(cut))];
      expect(refused([whole])).toEqual(refused(one));
      expect(refused([whole])).toEqual(refused(two));
      const people = await known(together.services, allKeys);
      expect(people).toEqual(await known(alone.services, allKeys));
      expect(people).toEqual(await known(halves.services, allKeys));
      expect(people.length).toBeGreaterThan(0);
    }),
  ));
