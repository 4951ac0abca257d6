import { describe, expect, test } from 'vitest';
import { createProfile } from '../../../core/flows/create-profile.ts';
import { startBulk } from '../../../core/flows/start-bulk.ts';
import { resultOf } from '../../../core/flows/stored-job.ts';
import { updateProfile } from '../../../core/flows/update-profile.ts';
import type { BulkAction, BulkTally } from '../../../core/model/bulk-action.ts';
import { type Caller, grantedScopes } from '../../../core/model/caller.ts';
import type { ProfileSearch } from '../../../core/model/profile-search.ts';
import { Loop, type LoopOptions } from '../../fixtures/run-loop.ts';

const admin: Caller = { id: 'key-1', kind: 'secret', scopes: [...grantedScopes], fieldPolicy: {} } as Caller;
const usual = 30;

/** Thirty people, every third of them in Ulm; two of them are known by the tag already. */
const withPeople = async (options?: LoopOptions, count = usual) => {
  const loop = new Loop(options);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    loop.clock.advance(10);
    const body = { email: `p${n}@example.com`, city: n % 3 === 0 ? 'Ulm' : 'Rom', tags: n < 6 ? ['vip'] : [] };
    const { state } = await createProfile(
      body,
      { onConflict: 'reject', requestId: `r-${n}`, source: 'api' },
      loop.services,
    );
    ids.push(state.id);
  }
  await loop.run();
  loop.clock.advance(1000);
  const start = async (search: ProfileSearch, action: BulkAction, dryRun = false) =>
    (await startBulk({ search, action, dryRun, caller: admin }, loop.services)).id;
  const ended = async (id: string) => {
    await loop.run();
    const job = await loop.services.jobs.get(id);
    return { status: job?.status, progress: job?.progress, ...(job && (resultOf(job) as BulkTally)) };
  };
  const states = async () => {
    const found = await loop.services.profiles.getMany(ids);
    return ids.flatMap(id => found.get(id) ?? []);
  };
  return { loop, ids, start, ended, states };
};

const inUlm = { city: 'ulm' };
const addVip: BulkAction = { action: 'add_tags', tags: ['vip'] };

test('tags are added to everybody whom the search finds, and to nobody else', async () => {
  const { start, ended, states } = await withPeople();
  const job = await ended(await start(inUlm, addVip));
  expect(job).toEqual({
    status: 'completed',
    progress: { done: 10, total: 10 },
    ...{ found: 10, changed: 8, unchanged: 2, failed: 0, failures: [] },
  });
  const tagged = (await states()).map(({ person }) => person.attributes.tags.includes('vip'));
  expect(tagged).toEqual(Array.from({ length: usual }, (_, n) => n % 3 === 0 || n < 6));
});

test('a dry run counts and changes nobody', async () => {
  const { loop, start, ended } = await withPeople();
  const before = await loop.services.profiles.list(usual);
  const id = await start(inUlm, { action: 'delete' }, true);
  expect(await ended(id)).toMatchObject({ found: 10, changed: 10 });
  expect(await ended(await start(inUlm, addVip, true))).toMatchObject({ found: 10, changed: 8, unchanged: 2 });
  expect(await loop.services.profiles.list(usual)).toEqual(before);
});

test.each<[BulkAction, (n: number) => unknown, string]>([
  [{ action: 'remove_tags', tags: ['vip'] }, n => (n < 6 && n % 3 !== 0 ? ['vip'] : []), 'tags'],
  [{ action: 'set_field', field: 'attributes.city', value: 'Bonn' }, n => (n % 3 === 0 ? 'Bonn' : 'Rom'), 'city'],
  [{ action: 'set_field', field: 'attributes.city', value: null }, n => (n % 3 === 0 ? undefined : 'Rom'), 'city'],
])('%j', async (action, expected, field) => {
  const { start, ended, states } = await withPeople();
  expect(await ended(await start(inUlm, action))).toMatchObject({ status: 'completed', found: 10, failed: 0 });
  const values = (await states()).map(({ person }) => (person.attributes as Record<string, unknown>)[field]);
  expect(values).toEqual(Array.from({ length: usual }, (_, n) => expected(n)));
});

test('whom the search finds is erased, and finds nobody afterwards', async () => {
  const { start, ended, states } = await withPeople();
  expect(await ended(await start(inUlm, { action: 'delete' }))).toMatchObject({ found: 10, changed: 10 });
  expect((await states()).filter(({ head }) => head.life === 'live')).toHaveLength(20);
  expect(await ended(await start(inUlm, { action: 'delete' }))).toMatchObject({ found: 0 });
});

test('every message twice, and all of them once more: the same changes once', async () => {
  const { loop, start, ended, states } = await withPeople({ twice: true, seed: 3 });
  expect(await ended(await start(inUlm, addVip))).toMatchObject({ status: 'completed', found: 10, changed: 8 });
  const before = (await states()).map(({ person }) => person.version);
  await loop.redeliverEverything();
  expect((await states()).map(({ person }) => person.version)).toEqual(before);
});

test('what is said while it runs stays, and a page that comes again does not undo it', async () => {
  const { loop, ids, start, ended, states } = await withPeople();
  const id = await start(inUlm, { action: 'set_field', field: 'attributes.city', value: 'Bonn' });
  loop.clock.advance(1000);
  const attributes = { city: 'Lima' };
  await updateProfile(
    { id: ids[3] ?? '', edit: () => ({ attributes, identifiers: [] }), requestId: 'r' },
    loop.services,
  );
  await ended(id);
  await loop.redeliverEverything();
  expect((await states())[3]?.person.attributes.city).toBe('Lima');
  expect((await states())[6]?.person.attributes.city).toBe('Bonn');
});

test('a worker whose time runs out passes on the rest, and who comes meanwhile is left alone', async () => {
  const several = 230;
  const overrides: LoopOptions['overrides'] = ({ profiles }) => ({
    profiles: {
      ...profiles,
      getMany: async ids => {
        if (ids.length > 5) loop.clock.advance(21_000);
        return profiles.getMany(ids);
      },
    },
  });
  const { loop, start, ended } = await withPeople({ overrides }, several);
  const id = await start({}, { action: 'set_field', field: 'attributes.customFields.seen', value: true });
  loop.clock.advance(1000);
  const late = { onConflict: 'reject' as const, requestId: 'late', source: 'api' };
  const { state } = await createProfile({ email: 'late@example.com' }, late, loop.services);
  expect(await ended(id)).toMatchObject({ status: 'completed', found: several, changed: several });
  expect((await loop.services.profiles.get(state.id))?.person.attributes.customFields).toEqual({});
  expect(loop.messages.sent.filter(({ queue }) => queue === 'bulkPart').length).toBeGreaterThan(1);
});

test('a job that is cancelled changes nobody any more', async () => {
  const { loop, start, ended } = await withPeople();
  const id = await start(inUlm, addVip);
  const job = await loop.services.jobs.get(id);
  if (!job) throw new Error('there is no job');
  await loop.services.jobs.replace({ ...job, version: job.version + 1, status: 'cancelled' });
  expect(await ended(id)).toMatchObject({ status: 'cancelled', found: 0 });
});

describe('what cannot be asked', () => {
  const refused = async (action: BulkAction, search: ProfileSearch, caller: Caller) => {
    const { loop } = await withPeople();
    return startBulk({ search, action, dryRun: false, caller }, loop.services).catch(fault => fault);
  };
  test.each<[string, BulkAction, ProfileSearch, Partial<Caller>]>([
    ['FORBIDDEN', { action: 'delete' }, {}, { scopes: ['read', 'write'] }],
    ['FORBIDDEN', addVip, { email: 'a' }, { fieldPolicy: { contact: 'mask' } }],
    ['NOT_FOUND', addVip, { segmentId: 'segment-none' }, {}],
    ['VALIDATION_FAILED', { action: 'set_field', field: 'attributes.shoe', value: 1 }, {}, {}],
    ['VALIDATION_FAILED', { action: 'set_field', field: 'attributes.country', value: 'Atlantis' }, {}, {}],
    ['VALIDATION_FAILED', { action: 'set_field', field: 'computed.ltv', value: 1 }, {}, {}],
  ])('%s for %j', async (code, action, search, caller) => {
    expect(await refused(action, search, { ...admin, ...caller })).toMatchObject({ code });
  });
});
