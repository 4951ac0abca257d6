import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { Problem } from '../../../core/errors.ts';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { type AudienceLoop, openAudienceLoop } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, type LoopOptions } from '../../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';

const customers = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Whom the receiver ought to hold: members, as the table says who they are, who have agreed and were not erased. */
const expected = async ({ loop, segmentId }: AudienceLoop): Promise<string[]> => {
  const { members } = await loop.services.memberships.members(segmentId, 1000);
  const states = await loop.services.profiles.getMany(members.map(({ profileId }) => profileId));
  return [...states.values()]
    .filter(({ head, person }) => head.life === 'live' && person.consent.email?.granted === true)
    .map(({ id }) => id)
    .sort();
};

/** Goes on until it has worked; what the faulty table and lost races throw is what retries are for. */
const insist = async (run: () => Promise<unknown>): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      await run();
      return;
    } catch (fault) {
      if (fault instanceof Problem && fault.code === 'NOT_FOUND') return;
    }
  }
  throw new Error('it never worked');
};

/** One thing that happens to somebody, or to the audience. */
const happen = async (random: SeededRandom, setup: AudienceLoop, moment: number): Promise<void> => {
  const { loop, activate, idOf } = setup;
  const customer = random.pick(customers);
  const at = new Date(Date.parse('2026-02-15T11:00:00Z') + moment * 1000).toISOString();
  const fold = (event: AcceptedEvent) => insist(() => loop.fold([event]));
  const deeds: (() => Promise<void>)[] = [
    () => fold(customerEvent(customer, { consent: { email: true }, at })),
    () => fold(customerEvent(customer, { consent: { email: false }, at })),
    () => fold(customerEvent(customer, { consent: { email: random.chance(0.5) }, at })),
    () => fold(customerEvent(customer, { amount: 60, at })),
    () => fold(customerEvent(customer, { traits: { firstName: `name-${moment}` }, at })),
    async () => {
      if (random.chance(0.3)) await insist(async () => eraseProfile(await idOf(customer), loop.services));
    },
    async () => {
      if (random.chance(0.5)) await insist(() => activate(random.pick(['add', 'replace', 'replace'])));
    },
    async () => void loop.receiver.faults.push(random.pick([undefined, 'unreachable', 'answer-lost'])),
  ];
  await random.pick(deeds)();
};

/** The syncs that have not ended, or that still wait for somebody; of those whose place another took, none. */
const openSyncs = async ({ loop }: AudienceLoop): Promise<string[]> => {
  const jobs = await loop.services.jobs.all();
  return jobs.flatMap(job =>
    job.kind === 'audience.sync' &&
    job.status !== 'cancelled' &&
    (job.status !== 'completed' || job.tally?.pending !== 0)
      ? [job.id]
      : [],
  );
};

type Overrides = NonNullable<LoopOptions['overrides']>;

const schedule = async (
  seed: number,
  faultProbability: number,
  overrides: Overrides = () => ({}),
): Promise<AudienceLoop> => {
  const random = seededRandom(seed);
  let faultsLeft = 0;
  const disturb = async (): Promise<void> => {
    for (let turns = random.below(4); turns > 0; turns -= 1) await Promise.resolve();
    if (faultsLeft > 0 && random.chance(faultProbability)) {
      faultsLeft -= 1;
      throw new Error('throttled, or the answer was lost');
    }
  };
  const hooks = { before: disturb, after: disturb };
  const setup = await openAudienceLoop({ seed, twice: random.chance(0.3), hooks, overrides });
  faultsLeft = 25;
  await insist(() => setup.activate('replace'));
  for (let moment = 0; moment < 30; moment += 1) {
    const running = random.chance(0.5) ? setup.loop.run() : undefined;
    await happen(random, setup, moment);
    await running;
  }
  faultsLeft = 0;
  setup.loop.receiver.faults = [];
  setup.loop.messages.redrive();
  await setup.loop.run();
  await setup.pass(3);
  return setup;
};

test.each([0, 0.02])(
  'whatever happens in whatever order (faults %d): exactly who is in and has agreed',
  async probability => {
    for (let seed = 0; seed < 25; seed += 1) {
      const setup = await schedule(seed, probability);
      const { loop } = setup;
      expect(loop.messages.deadLetters, `seed ${seed}`).toEqual([]);
      expect(loop.receiver.people(), `seed ${seed}`).toEqual(await expected(setup));
      for (const id of loop.receiver.people()) {
        const state = await loop.services.profiles.get(id);
        expect(loop.receiver.member(id)?.firstName, `seed ${seed}`).toBe(state?.person.attributes.firstName);
      }
      expect(await openSyncs(setup), `seed ${seed}`).toEqual([]);
      const [before, rows] = [loop.contents(), loop.receiver.rows.length];
      await loop.redeliverEverything();
      expect(differences(before, loop.contents()), `seed ${seed}`).toEqual([]);
      expect(loop.receiver.rows.length, `seed ${seed}`).toBe(rows);
    }
  },
  60_000,
);

/** Whoever may be at the destination is taken not to be there, and so nobody takes them out. */
const forgettingTheUnknown: Overrides = ({ recipients }) => ({
  recipients: {
    ...recipients,
    ofAudience: async (...given) =>
      (await recipients.ofAudience(...given)).filter(
        ({ state, leasedUntil }) => state !== 'sending' || leasedUntil === 0,
      ),
    lease: async lease => {
      const [standing] = await recipients.ofAudience(lease.audienceId, lease.platform, [lease.profileId]);
      return recipients.lease(lease, standing);
    },
  },
});

test('control: forgetting what may have arrived, some schedule ends wrong', async () => {
  let wrong = 0;
  for (let seed = 0; seed < 80 && wrong === 0; seed += 1) {
    const outcome = await schedule(seed, 0.02, forgettingTheUnknown);
    if (!isDeepStrictEqual(outcome.loop.receiver.people(), await expected(outcome))) wrong += 1;
  }
  expect(wrong).toBe(1);
}, 60_000);
