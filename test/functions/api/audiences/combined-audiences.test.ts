import { beforeEach, describe, expect, test } from 'vitest';
import { type AudienceLoop, openAudienceLoop, spenders } from '../../../fixtures/audience-loop.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';

const webhook = { url: 'https://example.com/hook' };
const rule = (field: string, operator: '>' | '=', value: number | string) => ({
  operator: 'AND' as const,
  conditions: [{ field, operator, value }],
});

let setup: AudienceLoop;
let platform: Platform;
let german: string;
let named: string;

/** a to f have spent enough and a, c, e have agreed; a, b and c are in Germany, c and d have a name. */
beforeEach(async () => {
  setup = await openAudienceLoop();
  platform = await loopPlatform(setup.loop);
  german = (await setup.loop.segment(rule('attributes.country', '=', 'DE'))).id;
  named = (await setup.loop.segment(rule('attributes.firstName', '=', 'Ann'))).id;
  await setup.loop.fold(spenders(['a', 'b', 'c', 'd', 'e', 'f']));
  for (const customer of ['a', 'b', 'c'])
    await setup.loop.fold([customerEvent(customer, { traits: { country: 'DE' } })]);
  for (const customer of ['c', 'd']) await setup.loop.fold([customerEvent(customer, { traits: { firstName: 'Ann' } })]);
  await setup.loop.run();
});

const create = async (more: object) => {
  const body = { name: 'Some', segmentIds: [setup.segmentId], platforms: ['webhook'], config: { webhook }, ...more };
  return (await platform.call('createAudience', { body: body as never })).data.id;
};

const membersOf = async (id: string, query: Record<string, string> = {}) => {
  const { data } = await platform.call('listAudienceMembers', { params: { id }, query });
  const people = await setup.loop.services.profiles.getMany(data.items.map(({ profileId }) => profileId));
  return {
    ...data,
    customers: [...people.values()].map(({ person }) => person.identifiers[0]?.value ?? '').sort(),
  };
};

const activate = async (id: string) => {
  const { data } = await platform.call('activateAudience', { params: { id }, body: { platform: 'webhook' } });
  await setup.loop.run();
  return data;
};

describe('who is in an audience', () => {
  test.each([
    ['any of the segments', {}, ['a', 'c', 'e']],
    ['all of them', { combine: 'all' }, ['a', 'c']],
  ])('%s', async (_what, more, expected) => {
    const id = await create({ segmentIds: [setup.segmentId, german], ...more });
    expect(await membersOf(id)).toMatchObject({ customers: expected, total: expected.length });
    await activate(id);
    expect(setup.received()).toEqual(expected);
  });

  test('whoever is in an excluded segment is left out, and comes back when they leave it', async () => {
    const id = await create({ excludeSegmentIds: [named] });
    await activate(id);
    expect(setup.received()).toEqual(['a', 'e']);
    await setup.loop.fold([customerEvent('c', { traits: { firstName: 'Bea' }, at: '2026-02-15T12:30:00.000Z' })]);
    await setup.loop.run();
    expect(setup.received()).toEqual(['a', 'c', 'e']);
    await setup.loop.fold([customerEvent('e', { traits: { firstName: 'Ann' }, at: '2026-02-15T12:30:00.000Z' })]);
    await setup.loop.run();
    expect(setup.received()).toEqual(['a', 'c']);
  });

  test('an excluded segment that there is not is named', async () => {
    const body = {
      name: 'x',
      segmentIds: [setup.segmentId],
      excludeSegmentIds: ['segment-none'],
      platforms: ['webhook'],
    };
    const { status, error } = await platform.call('createAudience', { body: body as never });
    expect([status, error.details[0]?.path]).toEqual([404, 'body.excludeSegmentIds.0']);
  });

  test('pages of members lead through all of them once, also of those who are in several segments', async () => {
    const id = await create({ segmentIds: [setup.segmentId, german] });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await membersOf(id, { limit: '1', ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.customers);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(['a', 'c', 'e']);
  });

  test('held back people are nowhere sent, always the same, and come when nobody is held back any more', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `h${index}`);
    await setup.loop.fold(many.map(customer => customerEvent(customer, { amount: 150, consent: { email: true } })));
    await setup.loop.run();
    const id = await create({ holdoutPercent: 50 });
    const { planned } = await activate(id);
    const first = setup.received();
    expect(planned?.add).toBe(first.length);
    expect(planned?.skipped.holdout).toBe(43 - first.length);
    expect(first.length).toBeGreaterThan(8);
    expect(first.length).toBeLessThan(35);
    expect((await membersOf(id)).customers).toEqual(first);
    await platform.call('updateAudience', { params: { id }, body: { holdoutPercent: 0 } });
    await setup.loop.run();
    expect(setup.received()).toHaveLength(43);
  });
});

test('the overlap of two audiences is by who belongs to them', async () => {
  const [all, some] = [await create({}), await create({ segmentIds: [german] })];
  const { data } = await platform.call('compareAudiences', { params: { id: all }, query: { compareWith: some } });
  expect(data).toEqual({
    a: { id: all, size: 6 },
    b: { id: some, size: 3 },
    ...{ intersection: 3, jaccard: 0.5, pctOfA: 50, pctOfB: 100 },
  });
  const none = await platform.call('compareAudiences', {
    params: { id: all },
    query: { compareWith: 'audience-none' },
  });
  expect(none.status).toBe(404);
});
