import { expect, test } from 'vitest';
import { learnIdentity } from '../../../../core/flows/learn-identity.ts';
import { projectSnapshot } from '../../../../core/flows/project-snapshot.ts';
import { generatedPeople } from '../../../bench/identity/generated-people.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import { someEmail, someEvent } from '../../../fixtures/profile-states.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const rates = { persons: 700, recordsMax: 3, typo: 0.1, missing: 0.1, shortName: 0.2 };

/** Traits of people with a family name, several of some. */
const people = generatedPeople({ ...rates, moved: 0.1, renamed: 0.05, sharing: 0.15 }, 3).records.flatMap(
  ({ attributes: { firstName, lastName, birthDate, city, postalCode } }) =>
    lastName === undefined ? [] : [{ firstName, lastName, birthDate, city, postalCode }],
);

test('what would change is told of people as they are, and what they are judged by is learnt from them', async () => {
  const loop = new Loop();
  for (let first = 0; first < people.length; first += 200)
    await loop.fold(
      people
        .slice(first, first + 200)
        .map(traits => someEvent({ type: 'identify', identifiers: [someEmail()], traits })),
    );
  await projectSnapshot('shard-1', loop.services.commitsIn(loop.changes), loop.services);
  const platform = await loopPlatform(loop);
  const simulate = async (config: unknown) =>
    (await platform.call('simulateIdentityConfig', { body: { config, sample: 2000 } })).data;
  const same = await simulate({});
  expect(same).toMatchObject({ sampled: people.length, profiles: people.length, reviewDelta: 0, examples: [] });
  expect(same.merges).toBeGreaterThan(100);
  expect(same.merges).toBe(same.mergesNow);
  const wider = await simulate({ autoMergeThreshold: 85 });
  expect(wider.merges).toBeGreaterThan(wider.mergesNow);
  expect(wider.reviewDelta).toBeLessThan(0);
  expect(wider.examples[0]).toMatchObject({ before: { action: 'review' }, after: { action: 'merge' } });
  expect(await learnIdentity(loop.services)).toMatchObject({ version: 1, records: people.length });
  expect(await learnIdentity(loop.services)).toBeUndefined();
  loop.clock.advance(61_000);
  const { weights, terms } = (await loop.services.matchModel.get())({ comparedCustomFields: [] });
  expect(weights.sameOdds).not.toBe(0.0001);
  expect(terms.get('lastName')?.total).toBe(people.length);
});
