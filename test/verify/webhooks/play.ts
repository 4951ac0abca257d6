import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { replayWebhookDelivery } from '../../../core/flows/replay-webhook-delivery.ts';
import { newWork, type StoredJob } from '../../../core/flows/stored-job.ts';
import { webhookFacts } from '../../../core/flows/webhook-facts.ts';
import { type Fact, factTypes, personIn } from '../../../core/model/fact.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import type { LoopOptions } from '../../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import { type Behaviour, openWebhookLoop, type WebhookLoop } from '../../fixtures/webhook-loop.ts';
import { overtaken } from './overtaken.ts';

/** What a play came to; all counts but `facts`, `replays` and the hours are faults. */
export interface Played {
  /** Facts times receivers that subscribed to them. */
  facts: number;
  lost: number;
  /** Ids that no fact has. */
  unknown: number;
  unverified: number;
  /** Taken before an earlier fact of the same subject that was tried before and was not taken. */
  overtaken: number;
  /** Taken more than once by the receiver that is always up, without a reason. */
  repeated: number;
  /** Sent to the receiver that is gone, after it said so. */
  afterGone: number;
  replays: number;
  replaysLost: number;
  /** After everybody was up again. */
  slowestHours: number;
  /** By the receiver that is always up. */
  slowestUpMinutes: number;
}

const [shaky, steady, gone] = ['https://shaky.example/', 'https://steady.example/', 'https://gone.example/'];
const customers = Array.from({ length: 8 }, (_, index) => `c${index}`);
const moods: readonly Behaviour[] = ['take', 'take', 'down', 'slow', 'error', 'busy', 'lost'];
const crashes = 0.02;
const rounds = 10;

interface Scene extends WebhookLoop {
  random: SeededRandom;
}

/** Some people do something, and something goes wrong with a job now and then. */
const happen = async ({ loop, random }: Scene, round: number): Promise<void> => {
  const some = random.shuffled(customers).slice(0, 1 + random.below(4));
  const events = some.map(customer => {
    const amount = random.chance(0.6) ? { amount: 10 + random.below(100) } : {};
    const consent = random.chance(0.3) ? { consent: { email: random.chance(0.5) } } : {};
    const traits = random.chance(0.5) ? { traits: { city: `City ${round}` } } : {};
    return customerEvent(customer, { ...amount, ...consent, ...traits });
  });
  await loop.fold(events);
  if (!random.chance(0.3)) return;
  const at = new Date(loop.clock.at).toISOString();
  const work = newWork(loop.services.newId('job'), 'profiles', ['all'], at);
  const job: StoredJob = { ...work, kind: 'segment.clear' };
  await loop.services.jobs.add(job);
  await loop.services.jobs.replace({ ...job, version: 2, status: 'failed' });
};

const eraseSomebody = async ({ loop, random }: Scene): Promise<void> => {
  const { ids } = await loop.services.profiles.list(100);
  if (ids.length > 0) await eraseProfile(random.pick(ids), loop.services);
};

const setMood = ({ receivers, random }: Scene): void => {
  const mood = random.pick(moods);
  receivers.behave = ({ url }) => {
    if (url === gone) return 'gone';
    if (random.chance(crashes)) return 'crash';
    return url === steady ? 'take' : mood;
  };
};

interface Known {
  fact: Fact;
  /** Epoch ms of the change that brought it. */
  at: number;
}

const factsOf = ({ loop }: Scene): Map<string, Known> => {
  const told = loop.changes.flatMap(change =>
    webhookFacts(loop.services.commitsIn([change])).map((fact): [string, Known] => [fact.id, { fact, at: change.at }]),
  );
  return new Map(told);
};

const replaySome = async (scene: Scene, webhookId: string): Promise<{ replays: number; replaysLost: number }> => {
  const { loop, receivers, random } = scene;
  const { deliveries } = await loop.services.deliveries.page(webhookId, 100);
  const chosen = random.shuffled(deliveries.filter(({ state }) => state === 'delivered')).slice(0, 5);
  const before = receivers.arrivals.length;
  for (const { fact } of chosen) await replayWebhookDelivery(webhookId, fact.id, loop.services);
  await loop.run();
  const again = receivers.arrivals.slice(before).flatMap(({ id, taken }) => (taken ? [id] : []));
  return { replays: chosen.length, replaysLost: chosen.filter(({ fact }) => !again.includes(fact.id)).length };
};

const gonePeople = (facts: Map<string, Known>): Set<string> =>
  new Set([...facts.values()].flatMap(({ fact }) => (fact.type === 'profile.erased' ? [fact.subject] : [])));

/** One receiver that is down, slow, busy, in trouble or forgetful for hours, one that is always up, and one that is gone. */
export const play = async (seed: number, options: LoopOptions = {}): Promise<Played> => {
  const random = seededRandom(seed);
  const scene: Scene = { ...openWebhookLoop({ seed, twice: seed % 3 === 0, ...options }), random };
  const { loop, receivers, pass } = scene;
  await loop.segment({ operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 100 }] });
  await loop.run();
  const begun = loop.changes.length;
  const { id } = await scene.subscribe({ url: shaky, events: [...factTypes] });
  await scene.subscribe({ url: steady, events: [...factTypes] });
  await scene.subscribe({ url: gone, events: ['profile.created'] });
  for (let round = 0; round < rounds; round += 1) {
    setMood(scene);
    await happen(scene, round);
    if (round === 6) await eraseSomebody(scene);
    await loop.run();
    await pass(random.below(5), 10);
  }
  receivers.behave = ({ url }) => (url === gone ? 'gone' : 'take');
  const upAt = loop.clock.at;
  loop.messages.redrive();
  await pass(28, 10);
  return { ...judge(scene, { begun, upAt }), ...(await replaySome(scene, id)) };
};

const judge = (
  scene: Scene,
  { begun, upAt }: { begun: number; upAt: number },
): Omit<Played, 'replays' | 'replaysLost'> => {
  const { loop, receivers } = scene;
  const facts = factsOf(scene);
  const people = gonePeople(facts);
  const first = loop.changes[begun]?.sequence ?? '';
  const expected = [...facts.values()].filter(
    ({ fact }) => BigInt(fact.order) > BigInt(first) && !people.has(personIn(fact.id) ?? ''),
  );
  const goneArrivals = receivers.arrivals.filter(({ url }) => url === gone);
  const byId = (url: string) => scene.taken(url);
  const lost = [shaky, steady].flatMap(url => expected.filter(({ fact }) => !byId(url).has(fact.id)));
  const arrivals = receivers.arrivals.filter(({ taken }) => taken);
  const late = arrivals.filter(({ url, at }) => url === shaky && at > upAt).map(({ at }) => (at - upAt) / 3_600_000);
  const up = arrivals
    .filter(({ url }) => url === steady)
    .map(({ id, at }) => (at - (facts.get(id)?.at ?? at)) / 60_000);
  return {
    facts: 2 * expected.length,
    lost: lost.length,
    unknown: arrivals.filter(({ id }) => !facts.has(id)).length,
    unverified: receivers.unverified,
    overtaken: overtaken(receivers.arrivals.filter(({ url }) => url === shaky)),
    repeated: repeatedAt(arrivals.filter(({ url }) => url === steady)),
    afterGone: Math.max(0, goneArrivals.filter(({ at }) => at > (goneArrivals[0]?.at ?? 0)).length),
    slowestHours: Math.max(0, ...late),
    slowestUpMinutes: Math.max(0, ...up),
  };
};

/** Repeats beyond what crashes account for: each loses at most the answer to one message. */
const repeatedAt = (arrivals: WebhookLoop['receivers']['arrivals']): number => {
  const extra = arrivals.length - new Set(arrivals.map(({ id }) => id)).size;
  const allowed = Math.ceil(arrivals.length * crashes * 3) + 3;
  return Math.max(0, extra - allowed);
};
