import { expect, test } from 'vitest';
import { attributeShape, consentChannels } from '../../../core/model/profile.ts';
import { fieldKind } from '../../../core/model/profile-fields.ts';
import {
  columnOfTag,
  nothingPromoted,
  placeOf,
  promotedMax,
  snapshotColumns,
} from '../../../core/model/profile-snapshot.ts';

const fields = [
  ...Object.keys(attributeShape).map(name => `attributes.${name}`),
  ...consentChannels.map(channel => `consent.${channel}`),
  ...['tags', 'customFields.plan', 'customFields.my plan'].map(name => `attributes.${name}`),
  ...['ltv', 'aov', 'purchaseCount', 'churnRisk', 'engagementScore'].map(name => `computed.${name}`),
  ...['firstSeenDate', 'lastSeenDate', 'lastPurchaseDate'].map(name => `computed.${name}`),
  ...['email', 'phone', 'customerId', 'deviceIds', 'anonymousIds'].map(name => `externalIds.${name}`),
  'createdAt',
];

const kindsOf: Record<string, readonly string[]> = {
  text: ['text'],
  list: ['texts'],
  number: ['number', 'money'],
  date: ['instant', 'text'],
  boolean: ['flag'],
  any: ['promoted', 'custom'],
};

test.each(fields)('%s, which conditions may name, stands in the snapshot as what it is', field => {
  const place = placeOf(field, { fields: ['plan'], tags: [] });
  expect(kindsOf[fieldKind(field) ?? 'none']).toContain(place?.kind);
  if (place && 'column' in place) expect(Object.keys(snapshotColumns)).toContain(place.column);
  if (place?.kind === 'money')
    expect(Object.keys(snapshotColumns)).toEqual(expect.arrayContaining([place.cents, place.exact]));
});

test('a custom field that is promoted stands in the columns of its place', () => {
  expect(placeOf('attributes.customFields.size', { fields: ['plan', 'size'], tags: [] })).toEqual({
    kind: 'promoted',
    text: 'c1_text',
    number: 'c1_number',
    flag: 'c1_flag',
    list: 'c1_list',
  });
});

test.each(['attributes.none', '__proto__', 'toString', 'segments'])('%s stands nowhere', field => {
  expect(placeOf(field, nothingPromoted)).toBeUndefined();
});

test('no column needs capitals to be told apart, and none is taken for that of a custom field', () => {
  const names = Object.keys(snapshotColumns);
  expect(names.filter(name => name !== name.toLowerCase())).toEqual([]);
  expect(names.filter(name => /^(c\d+_|t\d+$)/.test(name))).toEqual([]);
  expect(promotedMax).toBeGreaterThan(0);
});

test('a tag that is promoted has a column of its own', () => {
  const promoted = { fields: [], tags: ['new', 'vip'] };
  expect(columnOfTag('vip', promoted)).toBe('t1');
  expect(columnOfTag('old', promoted)).toBeUndefined();
});
