import { expect, test } from 'vitest';
import { startNightly } from '../../../core/flows/start-model-jobs.ts';
import type { CustomerHistory } from '../../../core/model/customer-history.ts';
import type { CustomerHistories } from '../../../core/ports/customer-histories.ts';
import { openLakeSession, quoted } from '../../../functions/adapters/lake/write/lake-session.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, Loop } from '../../fixtures/run-loop.ts';
import { shopHistories } from '../../fixtures/shop-histories.ts';

const today = Math.floor(Date.parse('2026-02-15') / 86_400_000);

/** Some people of the platform among many others of whom only the lake knows. */
const opened = async (options: { twice?: boolean } = {}) => {
  const people: CustomerHistory[] = [];
  const histories: CustomerHistories = {
    read: async asked =>
      'after' in asked ? people.filter(({ id }) => id > asked.after).slice(0, asked.limit) : people,
    hoursOfWeek: async () => new Array(168).fill(1),
  };
  const loop = new Loop({ ...options, overrides: () => ({ histories }) });
  await loop.fold(['ada', 'bob', 'cleo'].map(customer => customerEvent(customer, { amount: 20 })));
  await loop.run();
  const owners = await loop.services.profiles.ownersOf(['ada', 'bob', 'cleo'].map(one => `customerId#${one}`));
  const ids = [...owners.values()].sort();
  const others = Array.from({ length: 1500 }, (_, place) => `profile-other-${String(place).padStart(4, '0')}`);
  people.push(...shopHistories({ ids: [...ids, ...others].sort(), day: today - 1, days: 500, seed: 4 }));
  return { loop, ids, people };
};

const keysIn = async ({ services }: Loop, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of services.lake.list(prefix)) keys.push(key);
  return keys;
};

const jobsOf = async ({ services }: Loop) =>
  (await services.jobs.all()).map(({ kind, status, error }) => ({ kind, status, ...(error ? { error } : {}) }));

test('a night learns every model, scores everybody, and live segments follow', async () => {
  const { loop, ids } = await opened();
  const { services } = loop;
  const rules = {
    operator: 'AND' as const,
    conditions: [{ field: 'computed.ltv12m', operator: '>=' as const, value: 1 }],
  };
  const segment = await loop.segment(rules);
  await loop.run();
  expect(await startNightly(services)).toBeDefined();
  await loop.run();
  expect(await jobsOf(loop)).toEqual(
    expect.arrayContaining([
      { kind: 'ml.train', status: 'completed' },
      { kind: 'ml.score', status: 'completed' },
    ]),
  );
  const models = await services.models.all();
  expect(models.map(({ id, status }) => `${id} ${status}`).sort()).toEqual([
    'churn-1 ready',
    'ltv-1 ready',
    'propensity-1 not_better',
  ]);
  const states = await services.profiles.getMany(ids);
  for (const { head } of states.values()) {
    expect(head.counters.scores).toMatchObject({
      models: 'churn-1,ltv-1',
      bought: { frequency: expect.any(Number) },
    });
    expect(head.counters.scores?.churnRisk).toBeGreaterThanOrEqual(0);
    expect(head.counters.scores?.churnRisk).toBeLessThanOrEqual(100);
  }
  const worth = [...states.values()].filter(({ head }) => (head.counters.scores?.ltv12m ?? 0) >= 1).map(({ id }) => id);
  const { members } = await services.memberships.members(segment.id, 10);
  expect(members.map(({ profileId }) => profileId).sort()).toEqual(worth.sort());
  expect(worth.length).toBeGreaterThan(0);
  expect(await startNightly(services)).toBeUndefined();
});

test('a purchase moves the scores in its own commit, without a night between', async () => {
  const { loop, ids } = await opened();
  await startNightly(loop.services);
  await loop.run();
  loop.clock.advance(61_000);
  const [id = ''] = ids;
  const scoresOf = async () => (await loop.services.profiles.get(id))?.head.counters.scores;
  const before = await scoresOf();
  await loop.fold([customerEvent('ada', { amount: 50, at: '2026-02-15T11:30:00.000Z' })]);
  const after = await scoresOf();
  expect(after?.bought).toMatchObject({ frequency: (before?.bought?.frequency ?? 0) + 1, lastDay: today });
  expect(after?.ltv12m).toBeGreaterThan(before?.ltv12m ?? 0);
  await loop.fold([customerEvent('dora', { amount: 50 })]);
  const [dora = ''] = [...(await loop.services.profiles.ownersOf(['customerId#dora'])).values()];
  const scores = (await loop.services.profiles.get(dora))?.head.counters.scores;
  expect(scores).toMatchObject({ bought: { frequency: 0, basket: 50 }, churnRisk: expect.any(Number) });
});

test('whoever is scored twice at once, or again, is written once', async () => {
  const { loop, ids } = await opened({ twice: true });
  await startNightly(loop.services);
  await loop.run();
  const after = loop.contents();
  await loop.redeliverEverything();
  expect(differences(after, loop.contents()).filter(({ pk }) => String(pk).startsWith('P#'))).toEqual([]);
  const [id = ''] = ids;
  const scored = await loop.services.profiles.get(id);
  expect(scored?.head.counters.scores?.models).toBe('churn-1,ltv-1');
});

test('scores stand in a file of the lake, one row for each person', async () => {
  const { loop, people } = await opened();
  await startNightly(loop.services);
  await loop.run();
  const [key = ''] = await keysIn(loop, 'scores/');
  const session = await openLakeSession(loop.services.lake);
  try {
    const path = quoted((await session.fetch(key)) ?? '');
    const [row] = await session.rows(
      `SELECT count(*) AS people, count(churn_risk) AS scored, max(churn_risk) AS most FROM read_parquet(${path})`,
    );
    expect(Number(row?.people)).toBe(people.length);
    expect(Number(row?.scored)).toBe(people.length);
    expect(Number(row?.most)).toBeLessThanOrEqual(100);
  } finally {
    await session.close();
  }
});

test('who does not agree to being profiled is not scored', async () => {
  const { loop, ids } = await opened();
  const [ada = ''] = [...(await loop.services.profiles.ownersOf(['customerId#ada'])).values()];
  await loop.fold([customerEvent('ada', { consent: { profiling: false } })]);
  await startNightly(loop.services);
  await loop.run();
  const states = await loop.services.profiles.getMany(ids);
  expect([...states.values()].filter(({ head }) => head.counters.scores === undefined).map(({ id }) => id)).toEqual([
    ada,
  ]);
});

test('with ten profiles nothing is learnt, and it is said what is missing', async () => {
  const people = shopHistories({
    ids: Array.from({ length: 10 }, (_, place) => `p${place}`),
    day: today - 1,
    days: 500,
    seed: 1,
  });
  const histories: CustomerHistories = { read: async () => people, hoursOfWeek: async () => [] };
  const loop = new Loop({ overrides: () => ({ histories }) });
  await startNightly(loop.services);
  await loop.run();
  const models = await loop.services.models.all();
  expect(models.map(({ status }) => status)).toEqual(Array(3).fill('insufficient_data'));
  expect(models.map(({ reason }) => reason).join()).toMatch(/10 of 200 people who bought something/);
  expect((await jobsOf(loop)).map(({ kind }) => kind)).toEqual(['ml.train']);
});
