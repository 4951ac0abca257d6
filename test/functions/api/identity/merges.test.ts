import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let ids: string[];
const create = async (body: object): Promise<string> => (await platform.call('createProfile', { body })).data.id;
beforeEach(async () => {
  platform = await openPlatform();
  ids = [
    await create({ firstName: 'One', email: 'one@example.com' }),
    await create({ firstName: 'Two' }),
    await create({ city: 'Ulm' }),
  ];
});

const merge = async (primaryProfileId = '', ...secondaryProfileIds: string[]): Promise<string[]> =>
  (await platform.call('mergeProfiles', { body: { primaryProfileId, secondaryProfileIds } })).data.mergeIds;
const unmerge = (id = '', body: object = { reason: 'two people' }) =>
  platform.call('unmergeProfiles', { params: { id }, body });

test('merges are listed newest first, all or those that a profile took part in', async () => {
  const [one, two, three] = ids;
  const mergeIds = await merge(one, two ?? '', three ?? '');
  const all = await platform.call('listMerges', { query: { limit: 1 } });
  expect(all.data.items.map(({ id }) => id)).toEqual([mergeIds[1]]);
  const rest = await platform.call('listMerges', { query: { limit: 1, cursor: all.data.nextCursor ?? '' } });
  expect(rest.data.items.map(({ id }) => id)).toEqual([mergeIds[0]]);
  const ofTwo = await platform.call('listMerges', { query: { profileId: two ?? '' } });
  expect(ofTwo.data.items).toMatchObject([
    { id: mergeIds[0], profileId: one, mergedId: two, reason: { kind: 'manual' } },
  ]);
});

test('what was merged last is undone first; then nothing of how it stood is kept', async () => {
  const [one, two, three] = ids;
  const [first, last] = await merge(one, two ?? '', three ?? '');
  const refused = await unmerge(first);
  expect([refused.status, refused.error.laterMergeId]).toEqual([409, last]);
  expect((await unmerge(last)).data).toMatchObject({ status: 'unmerged', profileId: one, unmergedId: three });
  expect((await unmerge(first)).data.status).toBe('unmerged');
  const record = await platform.call('getMerge', { params: { id: first ?? '' } });
  expect(record.data).toMatchObject({ status: 'unmerged', unmerge: { reason: 'two people' } });
  expect(record.data).not.toHaveProperty('before');
  const names = await Promise.all(ids.map(id => platform.call('getProfile', { params: { id } })));
  expect(names.map(({ data }) => [data.id, data.attributes.firstName])).toEqual([
    [one, 'One'],
    [two, 'Two'],
    [three, undefined],
  ]);
});

test('a merge is undone once, and a dry run of it writes nothing', async () => {
  const [one, two] = ids;
  const [id] = await merge(one, two ?? '');
  const dry = await unmerge(id, { reason: 'look', dryRun: true });
  expect(dry.status).toBe(200);
  expect(dry.data.diff).toMatchObject({ primary: { profile: { id: one } }, secondary: { profile: { id: two } } });
  expect((await platform.services.profiles.get(two ?? ''))?.head.life).toBe('merged');
  const { data: done } = await unmerge(id);
  expect((await unmerge(id)).data).toMatchObject({ status: done.status, unmergedId: two });
  expect((await unmerge('merge-none')).status).toBe(404);
});
