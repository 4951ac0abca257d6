import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keys, profileIdIn } from '../../../../functions/adapters/stores/access-patterns.ts';
import { itemKinds } from '../../../../functions/adapters/stores/item-kinds.ts';

const time = Date.parse('2026-02-15T12:00:00.000Z');
const number = { min: 0, max: 1_000_000 };

/** The keys of every kind of item, for any ids. Ids of people and orders come from callers; all others are our own. */
const anyKeys = fc
  .record({
    id: fc.string({ minLength: 1 }),
    order: fc.string({ minLength: 1 }),
    own: fc.stringMatching(/^[a-z]+-[0-9a-z]{1,26}$/),
    version: fc.integer(number),
  })
  .map(({ id, order, own, version }) => ({
    head: keys.head(id),
    person: keys.person(id),
    chunk: keys.chunk(id, version, own),
    page: keys.page(id, version),
    order: keys.order(id, order),
    jointOrder: keys.order(id, order, version),
    merge: keys.merge(id, own),
    mergePlace: keys.mergePlace(own),
    consent: keys.consent(id, time, version),
    changes: keys.changes(id, version),
    membership: keys.membership(id, own),
    stay: keys.stay(id, own, '2026-02-15T12:00:00.000Z'),
    flipTimer: keys.flipTimer(id),
    recipient: keys.recipient(id, own, own),
    undelivered: keys.undelivered(id, own, own),
    syncOutcome: keys.syncOutcome(id, own),
    syncBatch: keys.syncBatch(own, '2026-02-15T12:00:00.000Z', own),
    tie: keys.tie(id, own),
    pair: keys.pair(id, own),
    decision: keys.decision(id, own),
    blocksOf: keys.blocksOf(id),
    block: keys.block(own),
    fieldRules: keys.fieldRules('rules'),
    identityConfig: keys.identityConfig('config'),
    matchModel: keys.matchModel('current'),
    recent: keys.recent({ id: own, head: { version, updatedAt: time } }),
    claim: keys.claim(`customerId#${order}`),
    quarantined: keys.quarantined('2026-02-15', own),
    redrivePatch: keys.redrivePatch(own),
    answer: keys.answer(own),
    segment: keys.segment(own),
    segmentVersion: keys.segmentVersion(own, '000000000001'),
    trait: keys.trait(own),
    audience: keys.audience(own),
    job: keys.job(own),
    apiKey: keys.apiKey(own),
    audit: keys.audit('2026-02-15', 3, 7),
    counter: keys.counter(own),
    batch: keys.batch(own, [version]),
    batchEvent: keys.batchEvent(own, own),
    progress: keys.progress(own, own),
    model: keys.model(own),
    actions: keys.actions('actions'),
    rfmCuts: keys.rfmCuts('rfm'),
    snapshot: keys.snapshot('profiles'),
    told: keys.told(keys.profile(id), own, own),
    untold: keys.untold(keys.profile(id), own, own),
    toldOfOthers: keys.told(keys.factsOf(own), own, own),
    question: keys.question(own),
    dropped: keys.dropped('2026-02-15T12:00', own, own),
    suppression: keys.suppression(own),
    suppressedHashes: keys.suppressedHashes(),
    erasedKey: keys.erasedKey(own),
    integration: keys.integration(own),
    user: keys.user(own),
    webhook: keys.webhook(own),
    eventNames: keys.eventNames('event-names'),
    schema: keys.schema(own),
    planViolations: keys.planViolations(own),
    sourceActivity: keys.sourceActivity(own),
    settings: keys.settings('overrides'),
    bucket: keys.bucket(own),
    lakeHot: keys.lakeHot(own, String(version)),
    lakeDay: keys.lakeDay('2026-02-15'),
    lakeAliases: keys.lakeAliases(),
    retentionPolicy: keys.retentionPolicy('events'),
    retentionPurge: keys.retentionPurge('events'),
  }));

test('no two kinds of items ever share a key, whatever callers name their people and orders', () => {
  fc.assert(
    fc.property(anyKeys, anyKeys, (left, right) => {
      const kindOf = new Map(Object.entries(left).map(([kind, { pk, sk }]) => [JSON.stringify([pk, sk]), kind]));
      for (const [kind, { pk, sk }] of Object.entries(right)) {
        expect(kindOf.get(JSON.stringify([pk, sk])) ?? kind).toBe(kind);
      }
      expect(kindOf.size).toBe(Object.keys(left).length);
    }),
  );
});

test('every kind of item has its keys here', () => {
  const [sample] = fc.sample(anyKeys, 1);
  expect(Object.keys(sample ?? {}).sort()).toEqual(Object.keys(itemKinds).sort());
});

test('the keys are the ones that the documentation tells', () => {
  const [sample] = fc.sample(anyKeys, 1);
  for (const [kind, { pk, sk }] of Object.entries(sample ?? {})) {
    const documented = itemKinds[kind as keyof typeof itemKinds];
    const fixed = (text: string) => text.split('<', 1)[0] ?? '';
    expect([kind, pk.startsWith(fixed(documented.pk)), sk.startsWith(fixed(documented.sk))]).toEqual([
      kind,
      true,
      true,
    ]);
  }
});

test('what is personal stands in the partition of its person, or is one of five kinds that cannot', () => {
  const outside = Object.entries(itemKinds).filter(([, { personal, pk }]) => personal && !pk.startsWith('P#'));
  expect(outside.map(([kind]) => kind).sort()).toEqual(['answer', 'block', 'claim', 'quarantined', 'redrivePatch']);
  const inside = Object.values(itemKinds).filter(({ pk }) => pk.startsWith('P#'));
  expect(inside.every(({ personal }) => personal)).toBe(true);
});

test('only the partition of a profile tells a profile id', () => {
  expect(profileIdIn(keys.head('profile-1').pk)).toBe('profile-1');
  expect(profileIdIn(keys.claim('P#x').pk)).toBeUndefined();
});

test('chunks and pages sort by their number', () => {
  const sorted = [9, 10, 100].map(version => keys.chunk('p', version, 'a').sk);
  expect([...sorted].sort()).toEqual(sorted);
});
