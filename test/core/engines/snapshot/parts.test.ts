import { expect, test } from 'vitest';
import { blankProfile } from '../../../../core/engines/profiles/commit-events.ts';
import { headView, personView } from '../../../../core/engines/profiles/profile-view.ts';
import { headPart } from '../../../../core/engines/snapshot/head-part.ts';
import { personPart } from '../../../../core/engines/snapshot/person-part.ts';
import { headColumns, personColumns } from '../../../../core/model/profile-snapshot.ts';
import type { Head, PersonRecord } from '../../../../core/model/profile-state.ts';

const noon = Date.parse('2026-02-15T12:00:00.000Z');
const { head: blankHead, person: blankPerson } = blankProfile('profile-1', noon);

const head: Head = {
  ...blankHead,
  version: 7,
  updatedAt: noon + 5,
  counters: { ...blankHead.counters, events: 4, purchases: 3, ltv: '100.005', lastPurchaseAt: noon + 1 },
};

const person: PersonRecord = {
  ...blankPerson,
  version: 2,
  updatedAt: noon + 3,
  attributes: { firstName: 'Ada', postalCode: '1010', tags: ['vip'], customFields: { plan: 'pro', sizes: [1, 'L'] } },
  identifiers: [
    { type: 'email', value: 'ada@example.com', key: 'email#ada@example.com', firstSeenAt: noon, source: 'api' },
    { type: 'deviceId', value: 'd-1', key: 'deviceId#d-1', firstSeenAt: noon, source: 'api' },
    { type: 'custom:crm', value: '77', key: 'custom:crm#77', firstSeenAt: noon, source: 'api' },
  ],
  consent: { email: { granted: false, at: noon + 2, id: 'm-1', source: 'api' } },
};

const partOf = (one: Head) => headPart('profile-1', one, headView(one));

test('a head tells what its events add up to', () => {
  expect(partOf(head)).toMatchObject({
    id: 'profile-1',
    head_version: 7,
    life: 'live',
    created_at: noon,
    updated_at: noon + 5,
    events: 4,
    ltv_cents: 10001,
    ltv_exact: 100.005,
    aov_cents: 3334,
    aov_exact: null,
    purchase_count: 3,
    last_purchase_at: noon + 1,
  });
});

test.each(['erased', 'merged'] as const)('of a profile that is %s nothing is told but that', life => {
  expect(partOf({ ...head, life })).toEqual({ id: 'profile-1', head_version: 7, life, updated_at: noon + 5 });
});

test('a person tells who it is; what is not known is missing, not empty', () => {
  expect(personPart('profile-1', person, personView(person))).toMatchObject({
    id: 'profile-1',
    person_version: 2,
    person_updated_at: noon + 3,
    first_name: 'Ada',
    last_name: null,
    postal_code: '1010',
    tags: ['vip'],
    custom_fields: '{"plan":"pro","sizes":[1,"L"]}',
    consent_email: false,
    consent_sms: null,
    consent_updated_at: noon + 2,
    id_email: 'ada@example.com',
    id_phone: null,
    id_devices: ['d-1'],
    id_anonymous: null,
    id_custom: '{"crm":"77"}',
  });
});

test('parts have exactly the columns of their kind', () => {
  expect(Object.keys(partOf(head)).sort()).toEqual(['id', ...Object.keys(headColumns)].sort());
  const told = Object.keys(personPart('profile-1', person, personView(person)));
  expect(told.sort()).toEqual(['id', ...Object.keys(personColumns)].sort());
});
