import { beforeAll, describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../../core/flows/erase-profile.ts';
import { keys } from '../../../../functions/adapters/stores/access-patterns.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';

let platform: Platform;
let id: string;
const instants: string[] = [];
const now = () => new Date(platform.clock.at).toISOString();
const update = async (body: object, query = {}) => {
  platform.clock.advance(60_000);
  await platform.call('updateProfile', { params: { id }, body, query });
  instants.push(now());
};

beforeAll(async () => {
  platform = await openPlatform();
  const body = {
    email: 'a@example.com',
    city: 'Ulm',
    tags: ['new'],
    customFields: { plan: 'free' },
    consent: { email: true },
  };
  id = (await platform.call('createProfile', { body, query: { source: 'crm' } })).data.id;
  instants.push(now());
  await update({ attributes: { city: 'Rom', tags: ['new', 'vip'] } });
  await update(
    { attributes: { city: null, customFields: { plan: 'pro', seats: 5 } }, consent: { email: false } },
    { source: 'billing' },
  );
  await update({ computed: { ltv: 50 }, externalIds: { customerId: 'C-1' } });
  await update({ attributes: { customFields: null } });
  platform.clock.advance(60_000);
  const event = { profileId: id, type: 'identify', traits: { city: 'Bonn' }, messageId: 'm-1', timestamp: now() };
  await platform.call('trackEvent', {
    body: { ...event, type: 'purchase', properties: { orderId: 'O-1', amount: 7 } },
  });
  await platform.foldEvents();
  instants.push(now());
});

const history = async (query = {}) => (await platform.call('getHistory', { params: { id }, query })).data;
const told = async (query = {}) =>
  (await history(query)).items.map(({ at, field, old, new: value, source }) => [
    instants.indexOf(at),
    field,
    old,
    value,
    source,
  ]);

test('what became of each field, newest first, with who said so', async () => {
  expect(await told({ field: 'attributes' })).toEqual(
    expect.arrayContaining([
      [4, 'attributes.customFields.plan', 'pro', undefined, 'api'],
      [4, 'attributes.customFields.seats', 5, undefined, 'api'],
      [2, 'attributes.customFields.seats', undefined, 5, 'billing'],
      [2, 'attributes.customFields.plan', 'free', 'pro', 'billing'],
      [2, 'attributes.city', 'Rom', undefined, 'billing'],
      [1, 'attributes.tags', ['new'], ['new', 'vip'], 'api'],
      [1, 'attributes.city', 'Ulm', 'Rom', 'api'],
      [0, 'attributes.email', undefined, 'a@example.com', 'crm'],
      [0, 'attributes.city', undefined, 'Ulm', 'crm'],
      [0, 'attributes.tags', undefined, ['new'], 'crm'],
      [0, 'attributes.customFields.plan', undefined, 'free', 'crm'],
    ]),
  );
  const places = (await told({ limit: 100 })).map(([place]) => Number(place));
  expect(places).toEqual(places.toSorted((left, right) => right - left));
});

test.each<[string, unknown[][]]>([
  [
    'identifiers',
    [
      [3, 'identifiers.customerId', undefined, 'C-1', 'api'],
      [0, 'identifiers.email', undefined, 'a@example.com', 'crm'],
    ],
  ],
  ['computed.ltv', [[3, 'computed.ltv', undefined, '50', 'api']]],
  ['attributes.cit', []],
])('of %s alone', async (field, expected) => {
  expect(await told({ field })).toEqual(expected);
});

test('a request is named with whose it was', async () => {
  const [entry] = (await history({ field: 'attributes.tags' })).items;
  expect(entry).toMatchObject({ by: expect.any(String), actor: expect.stringMatching(/^key-/), saidAt: instants[1] });
});

test.each([1, 3, 7])('pages of %i by cursor are the whole of it', async limit => {
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await history({ limit, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual((await history({ limit: 1000 })).items);
});

test('values are of the class of their field: who may not see it sees them masked', async () => {
  const key = await addKey(platform.services, {
    scopes: ['read'],
    fieldPolicy: { contact: 'mask', behavioural: 'drop' },
  });
  const { items } = (await platform.call('getHistory', { params: { id }, key })).data;
  const valuesOf = (field: string) => items.filter(one => one.field === field).map(one => [one.old, one.new]);
  expect(valuesOf('attributes.email')).toEqual([[undefined, 'a***m']]);
  expect(valuesOf('attributes.customFields.seats')).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(valuesOf('attributes.city')).toContainEqual(['Ulm', 'Rom']);
});

describe('as of an instant', () => {
  const asOf = async (at: string) => platform.call('getProfile', { params: { id }, query: { asOf: at } });

  test.each<[number, object]>([
    [0, { city: 'Ulm', tags: ['new'], plan: 'free', email: true, ltv: 0, customerId: undefined }],
    [1, { city: 'Rom', tags: ['new', 'vip'], plan: 'free', email: true, ltv: 0, customerId: undefined }],
    [2, { city: undefined, tags: ['new', 'vip'], plan: 'pro', email: false, ltv: 0, customerId: undefined }],
    [3, { city: undefined, tags: ['new', 'vip'], plan: 'pro', email: false, ltv: 50, customerId: 'C-1' }],
    [4, { city: undefined, tags: ['new', 'vip'], plan: undefined, email: false, ltv: 50, customerId: 'C-1' }],
    [5, { city: 'Bonn', tags: ['new', 'vip'], plan: undefined, email: false, ltv: 57, customerId: 'C-1' }],
  ])('%i the profile is as it was then', async (place, expected) => {
    const { data, body } = await asOf(instants[place] ?? '');
    const { attributes, consent, computed, externalIds } = data;
    const { city, tags, customFields } = attributes;
    const shown = {
      city,
      tags,
      plan: customFields.plan,
      email: consent.email,
      ltv: computed.ltv,
      customerId: externalIds.customerId,
    };
    expect(shown).toEqual(expected);
    expect(data.updatedAt).toBe(instants[place]);
    expect(body).toMatchObject({ meta: { asOf: instants[place], notReconstructed: [] } });
  });

  test('now it is what it is', async () => {
    const { data } = await platform.call('getProfile', { params: { id } });
    expect((await asOf(now())).data).toEqual(data);
  });

  test('before it came to be there was none', async () => {
    expect((await asOf('2026-02-15T11:59:59.999Z')).status).toBe(404);
  });
});

test('an event that comes again changes nothing', async () => {
  const before = await history({ limit: 1000 });
  platform.clock.advance(1000);
  const event = { profileId: id, type: 'purchase', traits: { city: 'Bonn' }, messageId: 'm-1' };
  await platform.call('trackEvent', { body: { ...event, properties: { orderId: 'O-1', amount: 7 } } });
  await platform.foldEvents();
  expect(await history({ limit: 1000 })).toEqual(before);
});

test('what is erased takes its history along', async () => {
  await eraseProfile(id, platform.services);
  await platform.services.profiles.sweep(id);
  expect(await platform.table.count({ pk: keys.profile(id), prefix: keys.changesPrefix })).toBe(0);
});
