import { beforeEach, describe, expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import type { AttributesPatch } from '../../../../core/model/profile.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';
import { someEvent } from '../../../fixtures/profile-states.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const rosa: AttributesPatch = {
  ...{ firstName: 'Rosa', lastName: 'Pendalfar', birthDate: '1971-05-23', city: 'Leeds', postalCode: '10042' },
};
const identify = (email: string, traits: AttributesPatch): AcceptedEvent =>
  someEvent({ type: 'identify', identifiers: [{ type: 'email', value: email }], traits });

let [loop, platform]: [Loop, Platform] = [undefined as never, undefined as never];
beforeEach(async () => {
  loop = new Loop();
  await loop.fold([identify('rosa@one.example', rosa)]);
  await loop.fold([identify('roza@two.example', { ...rosa, firstName: 'Roza' })]);
  await loop.fold([identify('omar@three.example', { ...rosa, firstName: 'Omar', birthDate: '1969-11-02' })]);
  await loop.run();
  platform = await loopPlatform(loop);
});

const idOf = async (email: string) => (await loop.services.profiles.ownersOf([`email#${email}`])).get(`email#${email}`);
const ids = async () => [(await idOf('rosa@one.example')) ?? '', (await idOf('roza@two.example')) ?? ''] as const;
const queue = async (query = {}) => (await platform.call('listDuplicates', { query })).data.items;
const onlyPair = async () => {
  const [pair] = await queue();
  if (!pair) throw new Error('nothing waits');
  return pair;
};
const decide = async (body: Record<string, unknown>) =>
  platform.call('decideDuplicate', { params: { id: (await onlyPair()).id }, body });

describe('findDuplicates', () => {
  test('tells who may be the same person, with the evidence of each field', async () => {
    const [one, other] = await ids();
    const { data } = await platform.call('findDuplicates', { params: { id: one } });
    expect(data.items).toMatchObject([{ profileId: other, band: 'probable', status: 'open' }]);
    expect(data.items[0]?.evidence).toContainEqual({
      ...{ kind: 'attribute', field: 'firstName', level: 'close', bits: expect.any(Number) },
      ...{ left: { firstName: 'rosa', lastName: 'pendalfar' }, right: { firstName: 'roza', lastName: 'pendalfar' } },
    });
  });

  test('names nobody below the score that is asked for', async () => {
    const [one] = await ids();
    const { data } = await platform.call('findDuplicates', { params: { id: one }, query: { minScore: '100' } });
    expect(data.items).toEqual([]);
  });

  test('somebody whom nobody knows is not found', async () => {
    expect((await platform.call('findDuplicates', { params: { id: 'profile-none' } })).status).toBe(404);
  });
});

describe('a request that would give a profile what another one has', () => {
  test.each([
    ['updateProfile', (id: string) => ({ params: { id }, body: { externalIds: { phone: '+14155550101' } } })],
    ['createProfile', () => ({ body: { email: 'rosa@one.example', phone: '+14155550101' } })],
  ] as const)('%s is refused, and the two are proposed', async (route, request) => {
    const [one] = await ids();
    await loop.fold([someEvent({ identifiers: [{ type: 'phone', value: '+14155550101' }] })]);
    expect((await platform.call(route, request(one))).status).toBe(409);
    await loop.run();
    const other = (await loop.services.profiles.ownersOf(['phone#14155550101'])).get('phone#14155550101');
    expect((await queue({ minScore: '100' })).map(({ profileIds }) => profileIds)).toEqual([[one, other].sort()]);
  });
});

describe('listDuplicates', () => {
  test('lists what waits, best first, from the threshold of review on', async () => {
    expect(await queue()).toMatchObject([{ status: 'open', band: 'probable', profileIds: [...(await ids())].sort() }]);
    expect(await queue({ minScore: '100' })).toEqual([]);
    expect(await queue({ status: 'rejected' })).toEqual([]);
  });
});

describe('decideDuplicate', () => {
  test('merging joins the two, and the pair names the merge', async () => {
    const [one, other] = await ids();
    const { data } = await decide({ decision: 'merge', primaryProfileId: other, note: 'the same woman' });
    expect(data).toMatchObject({ pair: { status: 'merged', note: 'the same woman' }, mergeId: expect.any(String) });
    expect(await idOf('rosa@one.example')).toBe(other);
    expect((await loop.services.profiles.get(one))?.head.mergedInto).toBe(other);
    await loop.run();
    expect(await queue()).toEqual([]);
  });

  test('merging once more answers the same merge', async () => {
    const pair = await onlyPair();
    const again = () => platform.call('decideDuplicate', { params: { id: pair.id }, body: { decision: 'merge' } });
    const first = (await again()).data;
    await loop.run();
    expect((await again()).data).toEqual(first);
  });

  test('a rejection is remembered with who gave it, until something new is known', async () => {
    const { data } = await decide({ decision: 'reject' });
    expect(data.pair).toMatchObject({ status: 'rejected', decidedBy: expect.stringMatching(/^key-/) });
    await loop.redeliverEverything();
    expect(await queue()).toEqual([]);
    await loop.fold([
      { ...identify('roza@two.example', { birthDate: '1971-05-24' }), timestamp: '2026-02-15T12:01:00.000Z' },
    ]);
    await loop.run();
    expect(await queue()).toMatchObject([{ status: 'open' }]);
  });

  test('the same rejection again changes nothing', async () => {
    const { id } = await onlyPair();
    const reject = () => platform.call('decideDuplicate', { params: { id }, body: { decision: 'reject' } });
    const { data } = await reject();
    loop.clock.advance(60_000);
    expect((await reject()).data).toEqual(data);
    const { items } = (await platform.call('listIdentityLog', { query: { decision: 'reject' } })).data;
    expect(items).toHaveLength(1);
  });

  test('what is put off is listed as that', async () => {
    await decide({ decision: 'defer' });
    expect(await queue()).toEqual([]);
    expect(await queue({ status: 'deferred' })).toHaveLength(1);
  });

  test.each([
    [404, 'NOT_FOUND', 'profile-a~profile-b', { decision: 'reject' }],
    [404, 'NOT_FOUND', 'no pair', { decision: 'reject' }],
    [422, 'VALIDATION_FAILED', undefined, { decision: 'merge', primaryProfileId: 'profile-none' }],
  ])('%d %s', async (status, code, id, body) => {
    const answer = await platform.call('decideDuplicate', { params: { id: id ?? (await onlyPair()).id }, body });
    expect([answer.status, answer.error.code]).toEqual([status, code]);
  });

  test('two that were merged are not rejected afterwards', async () => {
    const { id } = await onlyPair();
    await decide({ decision: 'merge' });
    const answer = await platform.call('decideDuplicate', { params: { id }, body: { decision: 'reject' } });
    expect([answer.status, answer.error.code]).toEqual([409, 'CONFLICT']);
  });
});

describe('listIdentityLog', () => {
  test('tells what was decided, by whom and why, newest first', async () => {
    await decide({ decision: 'reject', note: 'mother and daughter' });
    const { items } = (await platform.call('listIdentityLog')).data;
    expect(items).toMatchObject([
      { decision: 'reject', by: expect.stringMatching(/^key-/), note: 'mother and daughter' },
      { decision: 'review', by: 'automatic' },
    ]);
  });

  test('of one profile, of one decision, and page by page', async () => {
    await decide({ decision: 'reject' });
    const [one] = await ids();
    const log = async (query: Record<string, string>) => (await platform.call('listIdentityLog', { query })).data;
    expect((await log({ decision: 'review' })).items).toHaveLength(1);
    expect((await log({ profileId: 'profile-none' })).items).toEqual([]);
    const queries: Record<string, string>[] = [{}, { profileId: one }];
    for (const query of queries) {
      const first = await log({ ...query, limit: '1' });
      const second = await log({ ...query, limit: '1', cursor: first.nextCursor ?? '' });
      expect([...first.items, ...second.items].map(({ decision }) => decision)).toEqual(['reject', 'review']);
      expect(second.nextCursor).toBeUndefined();
    }
  });
});
