import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankProfile } from '../../../../../core/engines/profiles/commit-events.ts';
import { profileView } from '../../../../../core/engines/profiles/profile-view.ts';
import { projectSnapshot } from '../../../../../core/flows/project-snapshot.ts';
import { rewriteSnapshot } from '../../../../../core/flows/rewrite-snapshot.ts';
import { readPath } from '../../../../../core/language/read-path.ts';
import { attributeShape, type CustomValue, consentChannels } from '../../../../../core/model/profile.ts';
import { columnOfTag, type Promoted, placeOf } from '../../../../../core/model/profile-snapshot.ts';
import type { ProfileState } from '../../../../../core/model/profile-state.ts';
import { type SnapshotLake, snapshotLake } from '../../../../fixtures/snapshot-lake.ts';

/** Texts as callers send them: any characters, well formed, none of them NUL. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    "O'Neill",
    '"quoted"',
    'back\\slash',
    'line\nbreak',
    '漢字 😀',
    '2026-02-15',
    '30',
    'true',
    '[1]',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter(one => !one.includes('\u0000')),
);
const number = fc
  .oneof(
    fc.constantFrom(0, 0.1, 1e21, 1e-130, -1e125, 2 ** 63, 0.1 + 0.2),
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 })
      .filter(one => one === 0 || Math.abs(one) > 1e-130),
  )
  .map(one => one + 0);
const scalar = fc.oneof(text, number, fc.boolean());
const customValue: fc.Arbitrary<CustomValue> = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const customNames = ['plan', 'a.b', '$x', 'with blank', 'Plan', 'n-1:2'];
const instant = fc.integer({ min: 0, max: 2_000_000_000_000 });

const state = fc
  .record({
    attributes: fc.dictionary(fc.constantFrom(...Object.keys(attributeShape)), text),
    tags: fc.uniqueArray(
      fc.oneof(
        fc.constantFrom('vip', "it's"),
        text.filter(one => one !== ''),
      ),
      { maxLength: 4 },
    ),
    customFields: fc.dictionary(fc.constantFrom(...customNames), customValue),
    consent: fc.dictionary(fc.constantFrom(...consentChannels), fc.boolean()),
    identifiers: fc.array(
      fc.record({ type: fc.constantFrom('email', 'customerId', 'deviceId', 'custom:crm'), value: text }),
      { maxLength: 4 },
    ),
    ltv: fc.constantFrom('0', '12.3', '100.005', '-3.1', '999999999999999', '0.0000000001', '123456789.12'),
    purchases: fc.nat(1_000_000),
    times: fc.tuple(instant, instant, fc.option(instant, { nil: undefined })),
    churnRisk: fc.option(fc.constantFrom(0, 12.5, 1 / 3, 100), { nil: undefined }),
  })
  .map(made => made as typeof made & { attributes: Partial<ProfileState['person']['attributes']> });

/** A profile of these parts. */
const profileOf = (made: typeof state extends fc.Arbitrary<infer Made> ? Made : never, index: number): ProfileState => {
  const [createdAt, lastSeenAt, lastPurchaseAt] = made.times;
  const { id, head, person } = blankProfile(`profile-${index}`, createdAt);
  const overrides = made.churnRisk === undefined ? {} : { churnRisk: { at: 1, value: made.churnRisk } };
  const counters = {
    ...head.counters,
    ltv: made.ltv,
    purchases: made.purchases,
    lastSeenAt,
    ...(lastPurchaseAt === undefined ? {} : { lastPurchaseAt }),
    overrides,
  };
  return {
    id,
    head: { ...head, version: 1, counters },
    person: {
      ...person,
      version: 1,
      attributes: { ...made.attributes, tags: made.tags, customFields: made.customFields },
      identifiers: made.identifiers.map(one => ({
        ...one,
        key: `${one.type}#${one.value}`,
        firstSeenAt: 1,
        source: 'test',
      })) as ProfileState['person']['identifiers'],
      consent: Object.fromEntries(
        Object.entries(made.consent).map(([channel, granted]) => [
          channel,
          { granted, at: 1, id: 'm', source: 'test' },
        ]),
      ),
    },
  };
};

const profiles = fc.sample(state, { numRuns: 120, seed: 20260215 }).map(profileOf);

const fields = [
  ...Object.keys(attributeShape).map(name => `attributes.${name}`),
  ...consentChannels.map(channel => `consent.${channel}`),
  ...['tags', ...customNames.filter(name => !name.includes('.')).map(name => `customFields.${name}`)].map(
    name => `attributes.${name}`,
  ),
  ...['ltv', 'aov', 'purchaseCount', 'churnRisk', 'firstSeenDate', 'lastSeenDate', 'lastPurchaseDate'].map(
    name => `computed.${name}`,
  ),
  ...['email', 'phone', 'customerId', 'deviceIds', 'anonymousIds'].map(name => `externalIds.${name}`),
  'createdAt',
];

type Row = Record<string, unknown>;

const present = (value: unknown): unknown => (value === null ? undefined : value);

/** What a row holds of a field, as the golden record would tell it. */
const valueIn = (row: Row, field: string, promoted: Promoted): unknown => {
  const place = placeOf(field, promoted);
  if (!place) throw new Error(`${field} stands nowhere`);
  switch (place.kind) {
    case 'money':
      return present(row[place.exact]) ?? Number(row[place.cents]) / 100;
    case 'instant':
      return row[place.column] === null ? undefined : new Date(Number(row[place.column])).toISOString();
    case 'promoted': {
      const list = row[place.list];
      const one = [row[place.text], row[place.number], row[place.flag]].map(present);
      return typeof list === 'string' ? JSON.parse(list) : one.find(value => value !== undefined);
    }
    case 'custom':
      return (JSON.parse(String(row[place.column] ?? '{}')) as Row)[place.name];
    default:
      return present(row[place.column]);
  }
};

let lake: SnapshotLake;
beforeAll(async () => {
  lake = await snapshotLake();
  const commits = profiles.flatMap(({ id, head, person }, index) => [
    { kind: 'head' as const, profileId: id, sequence: String(2 * index), before: undefined, after: head },
    { kind: 'person' as const, profileId: id, sequence: String(2 * index + 1), before: undefined, after: person },
  ]);
  await projectSnapshot('shard-1', commits, { snapshotParts: lake.parts });
});
afterAll(() => lake.close());

const rowsNow = async (): Promise<{ rows: Map<unknown, Row>; promoted: Promoted }> => {
  let known: Promoted = { fields: [], tags: [] };
  const { rows } = await lake.engine.ask((_dialect, { text: from, promoted }) => {
    known = promoted;
    return { text: `SELECT * FROM ${from}`, values: [] };
  }, 20);
  return { rows: new Map(rows.map(row => [row.id, row])), promoted: known };
};

const holdEverything = async (): Promise<Promoted> => {
  const { rows, promoted } = await rowsNow();
  expect(rows.size).toBe(profiles.length);
  for (const state of profiles) {
    const [row, view] = [rows.get(state.id) ?? {}, profileView(state)];
    for (const field of fields) {
      expect([state.id, field, valueIn(row, field, promoted)]).toEqual([state.id, field, readPath(view, field)]);
    }
    for (const tag of promoted.tags) {
      expect([state.id, tag, row[columnOfTag(tag, promoted) ?? '']]).toEqual([
        state.id,
        tag,
        view.attributes.tags.includes(tag),
      ]);
    }
  }
  return promoted;
};

describe('every field of every profile reads back as the golden record tells it', () => {
  test('from what was just told', async () => {
    expect(await holdEverything()).toEqual({ fields: [], tags: [] });
  });

  test('from the files, custom fields and tags from columns of their own', async () => {
    await rewriteSnapshot(lake.rewriting());
    const promoted = await holdEverything();
    expect(promoted.fields).toEqual(expect.arrayContaining(customNames));
    expect(promoted.tags).toEqual(expect.arrayContaining(['vip', "it's"]));
  });
});
