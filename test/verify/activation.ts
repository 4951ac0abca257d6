import { parseArgs } from 'node:util';
import { platformNames } from '../../core/model/platform-config.ts';
import { type ActivationRun, activationSchedule, type Overrides } from '../simulation/activation-schedule.ts';
import type { Verify } from './run.ts';

const seedsOf = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);
const [racesMin, interleavedMin] = [500, 100];
const controlSeeds = 12;

const wrongIn = ({ nonConsented, suppressed, erased, differences }: ActivationRun): number =>
  nonConsented + suppressed + erased + differences;

/** Nobody is ever found to be suppressed. */
const forgettingSuppressions: Overrides = ({ suppressions }) => ({
  suppressions: { ...suppressions, of: async () => new Map() },
});

/** People are read once, and are taken to be so for ever. */
const remembering: Overrides = ({ profiles }) => {
  const known: Awaited<ReturnType<typeof profiles.getMany>> = new Map();
  return {
    profiles: {
      ...profiles,
      getMany: async ids => {
        for (const [id, state] of await profiles.getMany(ids.filter(id => !known.has(id)))) known.set(id, state);
        return new Map(ids.flatMap(id => (known.has(id) ? [[id, known.get(id)] as never] : [])));
      },
    },
  };
};

/** Whoever may be at the platform is taken not to be there, and so nobody takes them out. */
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

const controls: Record<string, Overrides> = {
  'suppressions that nobody looks at': forgettingSuppressions,
  'people who are remembered as they were': remembering,
  'a lost answer that is forgotten': forgettingTheUnknown,
};

/** A control must be noticed at some platform: where it is, nobody looks further. */
const noticed = async (overrides: Overrides): Promise<number> => {
  for (const seed of seedsOf(controlSeeds)) {
    for (const platform of ['klaviyo', 'facebook'] as const) {
      if (wrongIn(await activationSchedule(platform, seed, overrides)) > 0) return seed + 1;
    }
  }
  return 0;
};

/**
 * Syncs of every platform under 429, 5xx, lost answers, partial refusals, expired tokens and crashes, while people take
 * consents back, are suppressed and erased, often while a call that names them is on its way. What each platform then has
 * is read from its own store and held against a plain reading of the table.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { seeds: { type: 'string', default: '20' } } });
  const sum = { nonConsented: 0, suppressed: 0, erased: 0, differences: 0, races: 0, interleaved: 0, held: 0 };
  for (const platform of platformNames) {
    const own = { calls: 0, faults: 0, exchanges: 0, wrong: [] as number[] };
    for (const seed of seedsOf(Number(values.seeds))) {
      const run = await activationSchedule(platform, seed);
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += run[name];
      own.calls += run.calls;
      own.faults += run.faults;
      own.exchanges += run.exchanges;
      if (wrongIn(run) > 0) own.wrong.push(seed);
    }
    const wrong = own.wrong.length === 0 ? 'none wrong' : `wrong with the seeds ${own.wrong.join(', ')}`;
    console.log(
      `${platform}: ${values.seeds} schedules, ${own.calls} calls, ${own.faults} faults, ${own.exchanges} exchanges, ${wrong}`,
    );
  }
  let failed = 0;
  for (const [name, overrides] of Object.entries(controls)) {
    const after = await noticed(overrides);
    console.log(`control, ${name}: ${after > 0 ? `noticed after ${after} schedules` : 'NOT noticed'}`);
    if (after > 0) failed += 1;
  }
  const { nonConsented, suppressed, erased, differences, races, interleaved } = sum;
  const clean = nonConsented + suppressed + erased + differences === 0 && sum.held > 0;
  const enough = races >= racesMin && interleaved > interleavedMin;
  return {
    line: `activation: ${races} races, ${interleaved} while a call was on its way: ${nonConsented} non-consented, ${suppressed} suppressed, ${erased} erased, ${differences} differences from the plan; controls failed as they must: ${failed} of ${Object.keys(controls).length}`,
    holds: clean && enough && failed === Object.keys(controls).length,
  };
};
