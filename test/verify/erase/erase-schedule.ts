import { foldWindow } from '../../../core/flows/fold-window.ts';
import { mergeProfiles } from '../../../core/flows/merge-profiles.ts';
import { startErasure } from '../../../core/flows/start-erasure.ts';
import type { PrivacyJob } from '../../../core/flows/stored-job.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { type Identifier, matchKey } from '../../../core/model/identifier.ts';
import { personalStores } from '../../../functions/adapters/stores/personal-stores.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { handler as rewriteSnapshot } from '../../../functions/jobs/rewrite-snapshot.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { type AudienceLoop, openAudienceLoop } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import { needlesOf } from './needles.ts';
import { tracesOf } from './traces.ts';

/** How somebody is erased: as the platform does it, or in a way that must be noticed. */
export type Way = 'as it is' | 'naive' | 'tombstone last';

export interface Erasure {
  traces: string[];
  /** Events of the erased person that came later and were refused. */
  refused: number;
  /** Seconds of the platform's clock from the request to the receipt. */
  seconds: number;
  /** Workers that ended in the middle of something. */
  crashes: number;
}

const gone = 'Gone-Customer-77';
const others = ['stays-1', 'stays-2', 'stays-3'];
const crashesMax = 12;
/** Of so many histories one goes on until the files of the lake were written anew. */
const wholeEvery = 25;
const identifiers: Identifier[] = [
  { type: 'customerId', value: gone },
  { type: 'email', value: `${gone}@example.com` },
  { type: 'deviceId', value: 'device-of-the-gone' },
];

class Crash extends Error {}

/** An hour passes, with what brings the lake up to date. */
const rewriteWhole = async ({ loop }: AudienceLoop): Promise<void> => {
  provideServices(loop.services);
  for (let minutes = 0; minutes < 90; minutes += 5) {
    loop.clock.advance(300_000);
    for (const job of [mergeLake, rewriteSnapshot]) await job({} as never, lambdaContext);
    if (minutes % 60 === 0) await compactLake({} as never, lambdaContext);
  }
};

const eventsOfGone = (random: SeededRandom): AcceptedEvent[] =>
  Array.from({ length: 1 + random.below(4) }, () => {
    const event = customerEvent(gone, {
      ...(random.chance(0.6) ? { amount: 20 + random.below(200) } : {}),
      consent: { email: true },
      ...(random.chance(0.4) ? { traits: { email: `${gone}@example.com`, firstName: gone } } : {}),
    });
    const device = random.chance(0.3) ? identifiers.slice(2) : [];
    const broken = random.chance(0.1) ? { type: 'purchase', properties: { amount: 'much', who: gone } } : {};
    return { ...event, identifiers: [...event.identifiers, ...device], ...broken };
  });

const eventsOfOthers = (random: SeededRandom): AcceptedEvent[] =>
  random
    .shuffled(others)
    .slice(0, 1 + random.below(3))
    .map(one => customerEvent(one, { amount: 150, consent: { email: true } }));

/** Folds as the stream does: what failed comes again, whole. */
const foldAll = async ({ loop }: AudienceLoop, events: readonly AcceptedEvent[]): Promise<number> => {
  let left = events;
  let refused = 0;
  for (let tries = 0; left.length > 0; tries += 1) {
    if (tries > 50) throw new Error('a window came no further in 50 deliveries');
    try {
      const outcome = await foldWindow(left, { ...loop.services, accountCurrency: 'USD' });
      refused += outcome.refused;
      left = outcome.failed;
    } catch (fault) {
      if (!(fault instanceof Crash)) throw fault;
    }
  }
  return refused;
};

const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof Crash)) throw fault;
    }
  }
};

/** What whoever deletes rows does: everything that is found of the person now, and nothing else. */
const eraseNaively = async ({ loop }: AudienceLoop, id: string): Promise<void> => {
  const stores = personalStores(loop.table, () => loop.clock.at);
  const person = { profileId: id, matchKeys: identifiers.map(matchKey) };
  for (const store of Object.values(stores)) await store.sweep(person);
  await loop.table.write({ kind: 'delete', key: { pk: `P#${id}`, sk: 'H' } });
};

/** Everything is swept first, and the tombstone is put when nothing is left. */
const eraseTombstoneLast = async ({ loop }: AudienceLoop, id: string): Promise<void> => {
  const { profiles } = loop.services;
  const stores = personalStores(loop.table, () => loop.clock.at);
  const state = await profiles.get(id);
  if (!state) return;
  const person = { profileId: id, matchKeys: [] };
  for (const [kind, store] of Object.entries(stores)) if (kind !== 'person') await store.sweep(person);
  const now = await profiles.get(id);
  if (now?.head.life === 'live') await profiles.erase(now, loop.clock.at);
};

const eraseBy: Record<Way, (setup: AudienceLoop, id: string) => Promise<string | undefined>> = {
  'as it is': async ({ loop }, id) => (await startErasure(id, {}, loop.services)).id,
  naive: async (setup, id) => void (await eraseNaively(setup, id)) as undefined,
  'tombstone last': async (setup, id) => void (await eraseTombstoneLast(setup, id)) as undefined,
};

/**
 * One history: some people do something, one of them is erased while their events are being folded, workers end in the
 * middle of anything, and everything that was ever sent comes again at the end.
 */
export const runErasure = async (seed: number, way: Way): Promise<Erasure> => {
  const random = seededRandom(seed);
  let [operations, crashes, eraseAt] = [0, 0, Number.POSITIVE_INFINITY];
  let [armed, inside] = [false, false];
  let erase: (() => Promise<void>) | undefined;
  const fault = async (): Promise<void> => {
    operations += 1;
    if (erase && operations >= eraseAt && !inside) {
      const run = erase;
      erase = undefined;
      inside = true;
      await run();
      inside = false;
    }
    if (armed && !inside && crashes < crashesMax && random.chance(0.02)) {
      crashes += 1;
      throw new Crash();
    }
  };
  const setup = await openAudienceLoop({
    seed,
    twice: random.chance(0.2),
    hooks: { before: fault, after: fault },
    overrides: () => ({ queryEngine: { ask: async () => ({ rows: [{ people: 0 }], asOf: 0 }) } }),
  });
  const { loop } = setup;
  const windows = Array.from({ length: 2 + random.below(3) }, () => [
    ...eventsOfGone(random),
    ...eventsOfOthers(random),
  ]);
  windows[0]?.push(customerEvent(gone, { amount: 150, consent: { email: true } }));
  for (const window of windows) await foldAll(setup, window);
  if (random.chance(0.7)) await setup.activate();
  await loop.run();
  const id = await setup.idOf(gone);
  const profileIds = new Set([id]);
  if (random.chance(0.3)) profileIds.add(await mergedInto(setup, id));
  await loop.services.transfers.put('exports/job-1/events', new TextEncoder().encode(`"${gone}@example.com",1\n`));
  let requestId: string | undefined;
  const askedAt = loop.clock.at;
  const flight = [...eventsOfGone(random), ...eventsOfOthers(random)];
  eraseAt = operations + random.below(40);
  erase = async () => {
    requestId = await eraseBy[way](setup, id);
  };
  await foldAll(setup, flight);
  const late = erase as (() => Promise<void>) | undefined;
  erase = undefined;
  await late?.();
  armed = true;
  await loop.work(random.below(30));
  const after = eventsOfGone(random);
  let refused = await foldAll(setup, after);
  await insist(() => loop.run());
  armed = false;
  const certifiedAt = loop.clock.at;
  refused += await foldAll(setup, random.shuffled([...windows.flat(), ...flight, ...after]));
  loop.messages.redrive();
  await loop.redeliverEverything();
  await setup.pass(2);
  const { services } = loop;
  const whole = seed % wholeEvery === 0;
  if (whole) await rewriteWhole(setup);
  const traces = await tracesOf(loop, { profileIds: [...profileIds], needles: needlesOf(identifiers), whole });
  const owners = await services.profiles.ownersOf(identifiers.map(matchKey));
  for (const owner of owners.values()) traces.push(`came back as ${owner}`);
  if (way === 'as it is') {
    const job = (await services.jobs.get(requestId ?? '')) as PrivacyJob | undefined;
    if (job?.status !== 'completed' || job.receipt === undefined) traces.push(`no receipt: ${JSON.stringify(job)}`);
    if (refused === 0) traces.push('nothing was refused');
  }
  return { traces, refused, seconds: (certifiedAt - askedAt) / 1000, crashes };
};

/** Somebody who turns out to be the same person; returns who that was. */
const mergedInto = async ({ loop }: AudienceLoop, id: string): Promise<string> => {
  const twin = customerEvent('twin-of-nobody', {});
  const known = { ...twin, identifiers: [{ type: 'cookie' as const, value: 'cookie-of-the-gone' }] };
  await foldWindow([known], { ...loop.services, accountCurrency: 'USD' });
  const [other = ''] = (await loop.services.profiles.ownersOf(['cookie#cookie-of-the-gone'])).values();
  await mergeProfiles(
    {
      profileIds: [id, other],
      primaryProfileId: id,
      strategy: 'most_recent',
      reason: { kind: 'manual', score: 100 },
    } as never,
    loop.services as never,
  );
  return other;
};
