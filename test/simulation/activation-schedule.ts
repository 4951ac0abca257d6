import { activateAudience } from '../../core/flows/activate-audience.ts';
import { createAudience } from '../../core/flows/create-audience.ts';
import { eraseProfile } from '../../core/flows/erase-profile.ts';
import { suppressPeople } from '../../core/flows/suppress-people.ts';
import type { Platform } from '../../core/model/platform-config.ts';
import type { DeliveryRow } from '../../core/ports/destination.ts';
import { customerEvent } from '../fixtures/customer-events.ts';
import { type DoubleFault, type PlatformDouble, platformDouble } from '../fixtures/platform-double.ts';
import { Loop, type LoopOptions } from '../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { type ActivationFindings, findingsOf } from './activation-findings.ts';
import { insist } from './insist.ts';

/** Where an audience is at each platform. */
export const placeOf: Record<Platform, object> = {
  webhook: { url: 'https://example.com/hook' },
  facebook: { customAudienceId: '12345678', adAccountId: 'act_123456' },
  google: { customerId: '1234567890', userListId: '42' },
  klaviyo: { listId: 'AbC123' },
  mailchimp: { listId: 'abc123', segmentId: '7' },
  braze: { attribute: 'audiences' },
  hubspot: { listId: '9' },
  s3: { prefix: 'drop', format: 'csv' },
};

export type Overrides = NonNullable<LoopOptions['overrides']>;

export interface ActivationRun extends ActivationFindings {
  /** Consents taken back, suppressions and erasures in all, and those that came while a call was on its way. */
  races: number;
  interleaved: number;
  calls: number;
  faults: number;
  exchanges: number;
}

const customers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const moments = 24;
const faultsMax = 14;

interface Setting {
  loop: Loop;
  double: PlatformDouble;
  audienceId: string;
  platform: Platform;
  random: SeededRandom;
  count: { races: number; interleaved: number };
}

const idOf = async ({ loop }: Setting, customer: string): Promise<string> =>
  (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';

let told = 0;
const said = (customer: string, more: Parameters<typeof customerEvent>[1]) => {
  told += 1;
  return customerEvent(customer, { at: new Date(Date.parse('2026-02-15T11:00:00Z') + told).toISOString(), ...more });
};

/** Somebody may not be sent any more from this moment on. */
const forbid = async (setting: Setting, customer: string): Promise<void> => {
  const { loop, random, count } = setting;
  count.races += 1;
  const id = await idOf(setting, customer);
  const withdraw = () => loop.fold([said(customer, { consent: { email: false } })]);
  const suppress = () =>
    suppressPeople({ items: [{ profileId: id }], channels: ['all'], reason: 'asked' }, 'test', loop.services);
  const erase = () => eraseProfile(id, loop.services);
  const deed = random.below(10);
  if (deed < 7 || id === '') return insist(withdraw);
  return insist(deed < 9 ? suppress : erase);
};

/** While a call is on its way, somebody whom it names may take back what allows it. */
const interleave = async (setting: Setting, rows: readonly DeliveryRow[]): Promise<void> => {
  const { random, count } = setting;
  const added = rows.flatMap(row => (row.operation === 'add' ? [row.member.customerId ?? ''] : []));
  if (added.length === 0 || !random.chance(0.6)) return;
  count.interleaved += 1;
  await forbid(setting, random.pick(added));
};

const happen = async (setting: Setting): Promise<void> => {
  const { loop, random, audienceId, platform } = setting;
  const customer = random.pick(customers);
  const activate = (operation: 'add' | 'remove' | 'replace') =>
    insist(() => activateAudience(audienceId, { platform, operation, dryRun: false }, loop.services));
  const deeds: (() => Promise<unknown>)[] = [
    () => insist(() => loop.fold([said(customer, { amount: 150, consent: { email: true, saleSharing: true } })])),
    () => insist(() => loop.fold([said(customer, { consent: { email: true, saleSharing: true } })])),
    () => insist(() => loop.fold([said(customer, { traits: { firstName: `name-${told}` } })])),
    () => forbid(setting, customer),
    () => forbid(setting, customer),
    () => activate(random.pick(['replace', 'replace', 'remove'])),
  ];
  await random.pick(deeds)();
};

const faultsOf = (random: SeededRandom): (() => DoubleFault | undefined) => {
  let left = faultsMax;
  return () => {
    if (left === 0 || !random.chance(0.35)) return undefined;
    left -= 1;
    return random.pick(['limited', 'down', 'answer-lost', 'partial', 'unauthorized'] as const);
  };
};

const open = async (platform: Platform, seed: number, disturb: () => Promise<void>, overrides: Overrides) => {
  const random = seededRandom(seed);
  let double: PlatformDouble | undefined;
  const loop = new Loop({
    seed,
    twice: random.chance(0.3),
    hooks: { before: disturb, after: disturb },
    overrides: services => {
      double ??= platformDouble(platform, services.now);
      const connected = { id: platform, version: 1, settings: {}, secrets: {}, configuredAt: '', configuredBy: '' };
      const own = { destinations: { of: () => double as never } };
      return { ...own, integrations: { ...services.integrations, get: async () => connected }, ...overrides(services) };
    },
  });
  const { id } = await loop.segment({
    operator: 'AND',
    conditions: [{ field: 'computed.ltv', operator: '>', value: 100 }],
  });
  const config = { [platform]: { ...placeOf[platform], requiredConsent: ['email'] } };
  const given = { name: 'Spenders', segmentIds: [id], platforms: [platform], config };
  const audience = await createAudience(given as never, [], loop.services);
  if (!double) throw new Error('there is no platform');
  const setting: Setting = {
    loop,
    double,
    audienceId: audience.id,
    platform,
    random,
    count: { races: 0, interleaved: 0 },
  };
  return { setting, segmentId: id };
};

/** Passes hours, with everything that is due in them. */
const pass = async ({ loop }: Setting, hours: number): Promise<void> => {
  const until = loop.clock.at + hours * 3_600_000;
  while (loop.clock.at < until) {
    loop.clock.advance(600_000);
    await loop.tick();
    await loop.run();
  }
};

/** One run of many things at once against one platform; it ends in peace, and then tells whom the platform has. */
export const activationSchedule = async (
  platform: Platform,
  seed: number,
  overrides: Overrides = () => ({}),
): Promise<ActivationRun> => {
  let crashesLeft = 0;
  const crashes = seededRandom(seed + 1000);
  const disturb = async (): Promise<void> => {
    for (let turns = crashes.below(3); turns > 0; turns -= 1) await Promise.resolve();
    if (crashesLeft > 0 && crashes.chance(0.02)) {
      crashesLeft -= 1;
      throw new Error('killed');
    }
  };
  const { setting, segmentId } = await open(platform, seed, disturb, overrides);
  const { loop, double, random, audienceId, count } = setting;
  await loop.fold(customers.map(one => said(one, { amount: 150, consent: { email: true, saleSharing: true } })));
  await loop.run();
  crashesLeft = 20;
  double.nextFault = faultsOf(random);
  double.onArrival = rows => interleave(setting, rows);
  await insist(() => activateAudience(audienceId, { platform, operation: 'replace', dryRun: false }, loop.services));
  for (let moment = 0; moment < moments; moment += 1) {
    const running = random.chance(0.6) ? loop.run() : undefined;
    await happen(setting);
    await running;
  }
  crashesLeft = 0;
  double.nextFault = () => undefined;
  double.onArrival = undefined;
  loop.messages.redrive();
  await loop.run();
  await pass(setting, 3);
  await insist(() => activateAudience(audienceId, { platform, operation: 'replace', dryRun: false }, loop.services));
  await loop.run();
  await pass(setting, 1);
  const { calls, faults, exchanges } = double;
  return {
    ...(await findingsOf({ loop, double, platform, segmentId, customers })),
    ...count,
    calls,
    faults,
    exchanges,
  };
};
