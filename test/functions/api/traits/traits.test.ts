import { describe, expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';

const orders = { name: 'orders', kind: 'count', event: 'purchase' } as const;

test('a trait is made with the job that calculates it, is listed, and goes', async () => {
  const { call } = await openPlatform();
  const made = await call('createTrait', { body: { ...orders, windowDays: 30, description: 'how many' } });
  expect(made.status).toBe(201);
  expect(made.data).toMatchObject({ ...orders, windowDays: 30, holds: 'number', createdBy: expect.any(String) });
  const { data: job } = await call('getJob', { params: { id: made.data.jobId } });
  expect(job).toMatchObject({ kind: 'trait.backfill', subjectId: 'orders', progress: { done: 0, total: 16 } });
  expect((await call('listTraits')).data.items).toEqual([made.data]);
  expect((await call('deleteTrait', { params: { name: 'orders' } })).status).toBe(204);
  expect((await call('listTraits')).data.items).toEqual([]);
  expect((await call('deleteTrait', { params: { name: 'orders' } })).status).toBe(404);
});

test('a name is taken once, also when two ask at once', async () => {
  const { call } = await openPlatform();
  const answers = await Promise.all([1, 2].map(() => call('createTrait', { body: orders })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  expect((await call('createTrait', { body: orders })).error.details).toEqual([
    { path: 'body.name', reason: 'is taken' },
  ]);
});

describe('what cannot be right is told with its path', () => {
  test.each<[object, string, RegExp]>([
    [{ kind: 'count' }, 'body.event', /events of a type/],
    [{ kind: 'count', event: 'purchase', property: 'amount' }, 'body.property', /no property/],
    [{ kind: 'sum', event: 'purchase' }, 'body.property', /of a property/],
    [{ kind: 'sum', event: 'purchase', property: 'a..b' }, 'body.property', /no name/],
    [{ kind: 'count', event: 'purchase', formula: '1' }, 'body.formula', /has no formula/],
    [
      { kind: 'count', event: 'purchase', where: { field: 'computed.ltv', operator: '>', value: 1 } },
      'body.where.field',
      /events have no field/,
    ],
    [
      {
        kind: 'count',
        event: 'x',
        where: { operator: 'AND', conditions: [{ field: 'source', operator: 'in', value: 'a' }] },
      },
      'body.where.conditions.0.value',
      /takes a list/,
    ],
    [{ kind: 'formula' }, 'body.formula', /is missing/],
    [{ kind: 'formula', formula: '1', event: 'purchase' }, 'body.event', /of fields/],
    [{ kind: 'formula', formula: '1 +' }, 'body.formula', /^at 4: something is missing/],
    [{ kind: 'formula', formula: '1 + computed.wealth' }, 'body.formula', /^at 5: there is no field computed.wealth/],
    [{ kind: 'formula', formula: 'traits.none + 1' }, 'body.formula', /^at 1: there is no field traits.none/],
    [{ kind: 'formula', formula: 'now()' }, 'body.formula', /cannot be asked here/],
    [{ kind: 'formula', formula: 'traits.x' }, 'body.formula', /reads the trait that it makes/],
  ])('%j', async (given, path, reason) => {
    const { call } = await openPlatform();
    const { status, error } = await call('createTrait', { body: { name: 'x', ...given } as never });
    expect(status).toBe(422);
    expect(error.details).toContainEqual({ path, reason: expect.stringMatching(reason) });
  });

  test.each([{ name: 'Orders' }, { name: '__proto__' }, { windowDays: 0 }, { kind: 'median' }])('%j', async wrong => {
    const { call } = await openPlatform();
    expect([400, 422]).toContain((await call('createTrait', { body: { ...orders, ...wrong } as never })).status);
  });
});

test('a trait that is used stays, and what uses it is named', async () => {
  const { call } = await openPlatform();
  await call('createTrait', { body: orders });
  await call('createTrait', { body: { name: 'rank', kind: 'formula', formula: 'coalesce(traits.orders, 0) * 2' } });
  const rules = {
    operator: 'AND' as const,
    conditions: [{ field: 'traits.orders', operator: '>' as const, value: 2 }],
  };
  const { data } = await call('createSegment', { body: { name: 'Often', type: 'rule-based', rules } });
  const { status, error } = await call('deleteTrait', { params: { name: 'orders' } });
  expect([status, error.details]).toEqual([
    409,
    [
      { path: `segments.${data.id}`, reason: '"Often" uses it' },
      { path: 'traits.rank', reason: '"rank" uses it' },
    ],
  ]);
  await call('deleteSegment', { params: { id: data.id } });
  await call('deleteTrait', { params: { name: 'rank' } });
  expect((await call('deleteTrait', { params: { name: 'orders' } })).status).toBe(204);
});

test('segments and searches ask for traits that there are, and for what they can be', async () => {
  const { call } = await openPlatform();
  await call('createTrait', { body: orders });
  const asking = async (field: string, value: unknown) => {
    const rules = { operator: 'AND' as const, conditions: [{ field, operator: '=' as const, value }] } as never;
    const [segment, search] = [
      await call('createSegment', { body: { name: 'x', type: 'rule-based', rules } }),
      await call('searchProfiles', { body: { rules } }),
    ];
    return [segment, search].flatMap(answer => [answer.status, answer.status < 400 ? undefined : answer.error.details]);
  };
  const none = [{ path: 'body.rules.conditions.0.field', reason: 'there is no trait none' }];
  const text = [{ path: 'body.rules.conditions.0.value', reason: 'traits.orders is held against a number' }];
  expect(await asking('traits.none', 1)).toEqual([422, none, 422, none]);
  expect(await asking('traits.orders', 'many')).toEqual([422, text, 422, text]);
  expect(await asking('traits.orders', 1)).toEqual([201, undefined, 200, undefined]);
});
