import { beforeAll, describe, expect, test } from 'vitest';
import { mergeProfiles } from '../../../../core/flows/merge-profiles.ts';
import type { Profile } from '../../../../core/model/profile.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';
import { type SnapshotFollower, snapshotFollower } from '../../../fixtures/tell-snapshot.ts';

const people = [
  {
    ...{ email: 'customer@example.com', firstName: 'Jane', lastName: 'Doe', phone: '+1 (415) 555-1234' },
    ...{ country: 'US', city: 'San Francisco', tags: ['vip', 'new'], consent: { email: true, sms: false } },
    customFields: { plan: 'pro', seats: 5, beta: true, colours: ['red', 'blue'] },
    customerId: 'C-100',
  },
  {
    ...{ email: 'customer@elsewhere.org', firstName: 'John', lastName: "O'Neill", country: 'US', city: 'Boston' },
    ...{ tags: ['vip'], consent: { email: true, sms: true }, customFields: { plan: 'free', vip: 'no' } },
    externalIds: { deviceIds: ['device-77'], custom: { crm: 'CRM-9' } },
  },
  {
    ...{ email: 'mara@example.com', firstName: 'Mara', lastName: 'Ünal', country: 'GB', city: 'san francisco' },
    ...{ tags: ['new'], consent: { email: false }, customFields: { plan: 'PRO', 'odd name': 'x"y' } },
  },
  { email: 'nobody@example.com', country: 'US', tags: ['vip'], company: 'Doe & Sons' },
  { externalIds: { anonymousIds: ['anon-1'] } },
];
const ltvs = [1500, 200.005, 900, 0, 0];

let platform: Platform;
let follower: SnapshotFollower;
/** Oldest first, in the order of the people. */
let ids: string[];

/** The people, some of them in a base, some told since, some known to nobody but the table. */
const stages = ['noted', 'told', 'in files', 'everywhere'] as const;
const fill = async (stage: (typeof stages)[number]): Promise<void> => {
  platform = await openPlatform();
  follower = snapshotFollower(platform);
  ids = [];
  for (const [n, body] of people.entries()) {
    platform.clock.advance(1000);
    const { data } = await platform.call('createProfile', { body });
    ids.push(data.id);
    platform.clock.advance(1000);
    const computed = { ltv: ltvs[n], purchaseCount: n };
    await platform.call('updateProfile', { params: { id: data.id }, body: { computed } });
    if (stage === 'everywhere' && n === 1) await follower.rewrite();
    if (stage === 'everywhere' && n === 3) await follower.tell();
  }
  if (stage === 'told') await follower.tell();
  if (stage === 'in files') await follower.rewrite();
};

const search = async (body: object) => (await platform.call('searchProfiles', { body })).data;
/** Who is found, by their place among the people. */
const found = async (body: object) => {
  const { items, total } = await search(body);
  expect(total).toBe(items.length);
  return items.map(({ id }) => ids.indexOf(id));
};

const rules = (...conditions: object[]) => ({ rules: { operator: 'AND', conditions } });

describe.each(stages)('where everybody is %s', stage => {
  beforeAll(() => fill(stage));

  test.each<[string, object, number[]]>([
    ['nothing is asked', {}, [4, 3, 2, 1, 0]],
    ['the beginning of an address', { email: 'customer@' }, [1, 0]],
    ['a part of an address, in any case', { email: 'EXAMPLE.com' }, [3, 2, 0]],
    ['a part of a number', { phone: '415-555' }, [0]],
    ['a country', { country: 'uk' }, [2]],
    ['a city, in any case', { city: 'SAN FRANCISCO' }, [2, 0]],
    ['all of some tags', { tags: ['vip', 'new'] }, [0]],
    ['at least so much', { minLtv: 200.005 }, [2, 1, 0]],
    ['at most so much', { maxLtv: 200.005 }, [4, 3, 1]],
    ['no less than a tenth of a cent more', { minLtv: 200.006 }, [2, 0]],
    ['so many purchases', { minPurchases: 2 }, [4, 3, 2]],
    ['who agreed', { emailConsent: true }, [1, 0]],
    ['who did not agree, or was not asked', { emailConsent: false }, [4, 3, 2]],
    ['another channel', { smsConsent: true }, [1]],
    [
      'a search of several things',
      { email: 'customer@', country: 'US', tags: ['vip'], minLtv: 1000, emailConsent: true },
      [0],
    ],
    ['a name', { query: 'jane' }, [0]],
    ['words at several places', { query: 'doe  FRANCISCO' }, [0]],
    ['a letter that is none of ours', { query: 'ÜNAL' }, [2]],
    ['an apostrophe', { query: "o'neill" }, [1]],
    ['a custom field', { query: 'pro' }, [2, 0]],
    ['the name of a custom field', { query: 'plan' }, []],
    ['a tag that is the name of a custom field, too', { query: 'vip' }, [3, 1, 0]],
    ['a quote in a custom field', { query: 'x"y' }, [2]],
    ['a device', { query: 'device-77' }, [1]],
    ['an id of another system', { query: 'CRM-9' }, [1]],
    ['an anonymous id', { query: 'anon-1' }, [4]],
    ['what nobody has', { query: 'zebra' }, []],
    ['signs that mean something in SQL', { query: '%_\'";--' }, []],
    ['a rule', rules({ field: 'computed.ltv', operator: '>', value: 500 }), [2, 0]],
    ['a rule on a custom field', rules({ field: 'attributes.customFields.plan', operator: '=', value: 'pro' }), [0]],
    ['a rule on a list', rules({ field: 'attributes.customFields.colours', operator: 'contains', value: 'red' }), [0]],
    ['a rule on a number', rules({ field: 'attributes.customFields.seats', operator: '>=', value: 5 }), [0]],
    [
      'a rule that missing values hold',
      rules({ field: 'attributes.city', operator: '!=', value: 'Boston' }),
      [4, 3, 2, 0],
    ],
  ])('%s finds whom it means', async (_what, body, expected) => {
    expect(await found(body)).toEqual(expected);
  });

  test('an id finds its profile', async () => {
    expect(await found({ query: ids[1] })).toEqual([1]);
  });

  test('whole profiles as they are read one by one, with the time of what is known', async () => {
    const { data, body } = await platform.call('searchProfiles', { body: { query: 'jane' } });
    const { data: one } = await platform.call('getProfile', { params: { id: ids[0] ?? '' } });
    expect(data).toEqual({ items: [one], total: 1, limit: 50 });
    expect(body).toMatchObject({ meta: { asOf: expect.stringMatching(/^2026-02-15T/) } });
  });

  test.each<[string, number[]]>([
    ['createdAt', [0, 1, 2, 3, 4]],
    ['-ltv', [0, 2, 1, 4, 3]],
    ['ltv', [3, 4, 1, 2, 0]],
    ['purchaseCount', [0, 1, 2, 3, 4]],
    ['firstName', [0, 1, 2, 3, 4]],
    ['-firstName', [2, 1, 0, 4, 3]],
    ['-updatedAt', [4, 3, 2, 1, 0]],
  ])('sorted by %s, who has no value last', async (sort, expected) => {
    expect(await found({ sort })).toEqual(expected);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ sort, limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.total).toBe(5);
      seen.push(...page.items.map(({ id }) => ids.indexOf(id)));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(expected);
    const offsets = await Promise.all([0, 2, 4].map(offset => search({ sort, limit: 2, offset })));
    expect(offsets.flatMap(({ items }) => items.map(({ id }) => ids.indexOf(id)))).toEqual(expected);
  });

  test('beyond the end is nobody, and the total is still told', async () => {
    expect(await search({ offset: 10 })).toEqual({ items: [], total: 5, limit: 50, offset: 10 });
  });
});

describe('a moment ago', () => {
  beforeAll(() => fill('in files'));
  const named = (items: readonly Profile[]) => items.map(({ attributes }) => attributes.firstName);

  test('who was created is found', async () => {
    await platform.call('createProfile', { body: { email: 'zoe@example.com', firstName: 'Zoe' } });
    expect(named((await search({ query: 'zoe' })).items)).toEqual(['Zoe']);
  });

  test('who was changed is found by what is so now, and not by what was', async () => {
    await platform.call('updateProfile', {
      params: { id: ids[1] ?? '' },
      body: { attributes: { firstName: 'Jonathan' } },
    });
    expect(named((await search({ query: 'jonathan' })).items)).toEqual(['Jonathan']);
    expect((await search({ query: 'john' })).total).toBe(0);
    expect((await search({ query: "o'neill" })).total).toBe(1);
  });

  test('values that were set by hand are seen', async () => {
    await platform.call('updateProfile', { params: { id: ids[3] ?? '' }, body: { computed: { ltv: 77_777 } } });
    expect((await search({ minLtv: 70_000 })).items.map(({ id }) => id)).toEqual([ids[3]]);
  });

  test('who was erased is not found, nor counted, before and after the snapshot was told', async () => {
    await platform.call('deleteProfile', { params: { id: ids[0] ?? '' } });
    const none = { items: [], total: 0, limit: 50 };
    expect(await search({ query: 'jane' })).toEqual(none);
    await follower.tell();
    expect(await search({ query: 'jane' })).toEqual(none);
    await follower.rewrite();
    expect(await search({ query: 'jane' })).toEqual(none);
  });

  test('nothing is noted any more once the snapshot was told', async () => {
    await platform.call('updateProfile', { params: { id: ids[2] ?? '' }, body: { attributes: { city: 'London' } } });
    expect(await platform.services.recent.ids(100)).toContain(ids[2]);
    await follower.tell();
    expect(await platform.services.recent.ids(100)).toEqual([]);
    expect((await search({ city: 'london' })).total).toBe(1);
  });

  test('who was merged is found as a part of who has gone on, before and after the snapshot was told', async () => {
    const bodies = [
      { email: 'kim@example.com', company: 'Kim Ltd' },
      { customerId: 'C-kim', city: 'Kimberley' },
    ];
    const made = await Promise.all(bodies.map(body => platform.call('createProfile', { body })));
    const [first = '', second = ''] = made.map(({ data }) => data.id);
    await follower.rewrite();
    const tools = { ...platform.services, accountCurrency: 'USD', consentMergePolicy: 'permissive_safe' as const };
    const reason = { kind: 'manual' as const, score: 100, by: 'key-1' };
    const wish = { profileIds: [first, second], primaryProfileId: first, strategy: 'most_recent' as const, reason };
    await mergeProfiles(wish, tools);
    const expected = [[first], 1];
    const kims = async () => {
      const { items, total } = await search({ query: 'kim' });
      expect(items[0]?.attributes.city).toBe('Kimberley');
      return [items.map(({ id }) => id), total];
    };
    expect(await kims()).toEqual(expected);
    await follower.tell();
    expect(await platform.services.recent.ids(100)).toEqual([]);
    expect(await kims()).toEqual(expected);
  });

  test('a page is not moved by who comes meanwhile', async () => {
    const first = await search({ limit: 2 });
    await platform.call('createProfile', { body: { firstName: 'Late' } });
    const second = await search({ limit: 2, cursor: first.nextCursor });
    const whole = (await search({})).items.map(({ id }) => id);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(whole.slice(1, 5));
  });
});

describe('what cannot be asked', () => {
  beforeAll(() => fill('in files'));

  test.each<[number, string, object]>([
    [400, 'body.shoeSize', { shoeSize: 42 }],
    [400, 'body.minLtv', { minLtv: 'much' }],
    [422, 'body.limit', { limit: 1001 }],
    [422, 'body.offset', { offset: 10_001 }],
    [422, 'body.phone', { phone: 'a' }],
    [422, 'body.cursor', { cursor: 'nonsense' }],
    [422, 'body.cursor', { cursor: JSON.stringify(['ltv', 5, 'profile-1']) }],
    [422, 'body.rules.conditions.0.field', rules({ field: 'attributes.shoe', operator: '=', value: 1 })],
  ])('is refused with %i at %s', async (status, path, body) => {
    const answer = await platform.call('searchProfiles', { body });
    expect(answer.status).toBe(status);
    expect(answer.error.details[0]?.path).toBe(path);
  });

  test('a segment that is filled by hand is searched by who is in it', async () => {
    const [one] = (await platform.call('searchProfiles', { body: {} })).data.items;
    const segment = { name: 'By hand', type: 'manual' as const };
    const { id } = (await platform.call('createSegment', { body: segment })).data;
    const found = async () => (await platform.call('searchProfiles', { body: { segmentId: id } })).data.items;
    expect(await found()).toEqual([]);
    await platform.call('addMembers', { params: { id }, body: { profileIds: [one?.id ?? ''] } });
    expect((await found()).map(profile => profile.id)).toEqual([one?.id]);
  });

  test('conditions on events are refused', async () => {
    const body = rules({ event: 'purchase', count: { min: 1 } });
    const { status, error } = await platform.call('searchProfiles', { body });
    expect([status, error.details[0]?.path]).toEqual([422, 'body.rules.conditions.0']);
  });

  test('a segment that is not there is not found', async () => {
    expect((await platform.call('searchProfiles', { body: { segmentId: 'segment-none' } })).status).toBe(404);
  });
});

describe('who may not see everything', () => {
  let key: string;
  beforeAll(async () => {
    await fill('in files');
    key = await addKey(platform.services, { scopes: ['read'], fieldPolicy: { contact: 'mask', behavioural: 'drop' } });
  });

  test.each<[string, object]>([
    ['email', { email: 'customer@' }],
    ['minLtv', { minLtv: 5 }],
    ['segmentId', { segmentId: 'segment-1' }],
    ['rules', rules({ field: 'attributes.customFields.plan', operator: '=', value: 'pro' })],
    ['sort', { sort: '-lastName' }],
  ])('may not search by %s', async (name, body) => {
    const answer = await platform.call('searchProfiles', { body, key });
    expect([answer.status, answer.error.details[0]?.path]).toEqual([403, `body.${name}`]);
  });

  test('finds by words only what they see', async () => {
    const totalOf = async (query: string) =>
      (await platform.call('searchProfiles', { body: { query }, key })).data.total;
    expect(await Promise.all(['jane', 'boston', 'free', 'C-100'].map(totalOf))).toEqual([0, 1, 0, 1]);
  });

  test('is on record with whom they saw', async () => {
    const { data } = await platform.call('searchProfiles', { body: { city: 'boston' }, key });
    const pages = await Promise.all(
      Array.from({ length: 16 }, (_, n) => platform.table.query({ pk: `AUDIT#2026-02-15#${n}` })),
    );
    const entries = pages.flatMap(({ items }) => items.map(item => JSON.stringify(item)));
    expect(
      entries.filter(text => text.includes('searchProfiles') && text.includes(data.items[0]?.id ?? '?')),
    ).not.toEqual([]);
  });
});
