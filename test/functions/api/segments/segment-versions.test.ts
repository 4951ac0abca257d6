import { expect, test } from 'vitest';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const over = (value: number) => ({
  operator: 'AND' as const,
  conditions: [{ field: 'computed.ltv', operator: '>' as const, value }],
});

const first = { name: 'Spenders', description: 'who spends', type: 'rule-based' as const, rules: over(5) };

const open = async (platform?: Platform) => {
  const { call } = platform ?? (await openPlatform());
  const { id } = (await call('createSegment', { body: first })).data;
  return {
    ...{ call, id },
    update: (body: object) => call('updateSegment', { params: { id }, body }),
    versions: async (query = {}) => (await call('listSegmentVersions', { params: { id }, query })).data,
    restore: (version: number | string, headers = {}) =>
      call('restoreSegment', { params: { id, version: String(version) }, headers }),
  };
};

test('every version is kept from the first, with who made it, when, and what became other', async () => {
  const { update, versions } = await open();
  await update({ rules: over(50), description: null });
  await update({ name: 'Best' });
  const by = expect.stringMatching(/^key-/);
  const at = '2026-02-15T12:00:00.000Z';
  expect((await versions()).items).toEqual([
    { version: 3, at, by, changed: ['name'], name: 'Best', type: 'rule-based', rules: over(50) },
    { version: 2, at, by, changed: ['description', 'rules'], name: 'Spenders', type: 'rule-based', rules: over(50) },
    { version: 1, at, by, changed: ['name', 'description', 'type', 'rules'], ...first },
  ]);
});

test('they are told page by page', async () => {
  const { update, versions } = await open();
  for (const value of [6, 7, 8]) await update({ rules: over(value) });
  const { items, total, nextCursor } = await versions({ limit: '3' });
  const rest = await versions({ limit: '3', cursor: nextCursor ?? '' });
  expect([items.map(({ version }) => version), total, rest.items.map(({ version }) => version)]).toEqual([
    [4, 3, 2],
    4,
    [1],
  ]);
});

test('what is restored is a new version that says what the old one said, and is held against everybody', async () => {
  const { call, id, update, versions, restore } = await open();
  const changed = await update({ rules: over(50), description: null, refresh: 'manual' });
  const { status, data, headers } = await restore(1);
  expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: '"3"' });
  expect(data).toMatchObject({ ...first, version: 3, refresh: 'live' });
  expect(data.jobId).not.toBe(changed.data.jobId);
  expect((await call('getJob', { params: { id: data.jobId } })).data).toMatchObject({ kind: 'segment.evaluate' });
  const [newest] = (await versions()).items;
  expect(newest).toMatchObject({ version: 3, restoredFrom: 1, changed: ['description', 'rules', 'refresh'] });
  expect((await call('getSegment', { params: { id } })).data).toMatchObject(first);
});

test('to restore what stands changes nothing', async () => {
  const { restore, versions } = await open();
  const once = await restore(1);
  const twice = await restore(1);
  expect([once.data.version, twice.data.version, (await versions()).total]).toEqual([1, 1, 1]);
});

test.each(['7', '0', 'first', '99999999999999', '-1'])('there is no version %s', async version => {
  const { restore } = await open();
  const { status, error } = await restore(version);
  expect([status, error.code]).toEqual([404, 'NOT_FOUND']);
});

test('an ETag of an earlier state restores nothing', async () => {
  const { restore, update } = await open();
  await update({ rules: over(50) });
  expect((await restore(1, { 'if-match': '"1"' })).status).toBe(412);
  expect((await restore(1, { 'if-match': '"2"' })).status).toBe(200);
});

test('what would name a segment that names it by now is not restored', async () => {
  const { call, id, update, restore } = await open();
  const body = { ...first, name: 'Child', rules: { operator: 'AND', conditions: [{ segment: id }] } };
  const other = (await call('createSegment', { body: { ...first, name: 'Other' } })).data;
  await update({ rules: { operator: 'AND', conditions: [{ segment: other.id }] } });
  await update({ rules: over(1) });
  await call('updateSegment', { params: { id: other.id }, body: { rules: body.rules } });
  const { status, error } = await restore(2);
  expect([status, error.code]).toEqual([422, 'VALIDATION_FAILED']);
});

test('a segment that follows another has no version of that', async () => {
  const { call, id, update } = await open();
  const body = { ...first, name: 'Child', parentId: id };
  const child = (await call('createSegment', { body })).data;
  await update({ rules: over(99) });
  expect((await call('getSegment', { params: { id: child.id } })).data.version).toBe(2);
  const versions = (await call('listSegmentVersions', { params: { id: child.id } })).data.items;
  expect(versions.map(({ version }) => version)).toEqual([1]);
});

test('of two who change a segment at once each is a version, and nothing is lost', async () => {
  const { update, versions } = await open();
  await Promise.all([6, 7, 8, 9].map(value => update({ rules: over(value) })));
  const { items } = await versions();
  expect(items.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
});

test('what a deleted segment has been is cleared with it', async () => {
  const loop = new Loop();
  const { call, id, update } = await open(await loopPlatform(loop));
  await update({ rules: over(50) });
  await call('deleteSegment', { params: { id } });
  expect((await call('listSegmentVersions', { params: { id } })).status).toBe(404);
  await loop.run();
  expect(loop.contents().filter(({ pk }) => pk.startsWith('SEGMENT-VERSIONS#'))).toEqual([]);
});
