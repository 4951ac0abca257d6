import { expect, test } from 'vitest';
import { profileView } from '../../../core/engines/profiles/profile-view.ts';
import { foldWindow } from '../../../core/flows/fold-window.ts';
import { type ReevaluateTools, reevaluateProfiles } from '../../../core/flows/reevaluate-profiles.ts';
import type { Group } from '../../../core/language/condition.ts';
import { matches } from '../../../core/language/matches.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { ProfileStore } from '../../../core/ports/profile-store.ts';
import type { Table, Write } from '../../../core/ports/table.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { Loop, type LoopOptions } from '../../fixtures/run-loop.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';

const rules: Group = { operator: 'AND', conditions: [{ field: 'attributes.country', operator: '=', value: 'DE' }] };

/** One person, and a segment that they are in while they live in Germany. */
const openPerson = async (options: LoopOptions = {}) => {
  const loop = new Loop(options);
  const { services } = loop;
  const { id: segmentId } = await loop.segment(rules);
  await loop.fold([customerEvent('a')]);
  const profileId = (await services.profiles.ownersOf(['customerId#a'])).get('customerId#a') ?? '';
  let moves = 0;
  return {
    loop,
    /** The person moves, later than ever before. */
    change: async (country: string) => {
      moves += 1;
      const at = new Date(Date.parse('2026-02-15T11:00:00Z') + moves * 1000).toISOString();
      let events = [customerEvent('a', { traits: { country }, at })];
      while (events.length > 0) events = (await foldWindow(events, { ...services, accountCurrency: 'USD' })).failed;
    },
    reevaluate: async (tools: ReevaluateTools) => {
      let messages: { profileId: string; version: number }[] = [{ profileId, version: 0 }];
      while (messages.length > 0) messages = [...(await reevaluateProfiles(messages, tools))];
    },
    /** Is the membership what the profile says? */
    isRight: async (): Promise<boolean> => {
      const state = await services.profiles.get(profileId);
      const membership = (await services.memberships.ofProfile(profileId)).find(one => one.segmentId === segmentId);
      return state !== undefined && (membership?.member ?? false) === matches(rules, profileView(state), 0);
    },
  };
};

/** Reads of several items are no snapshot: other writes may come between any two of them. */
const tornReads = (table: Table): Table => ({
  ...table,
  getMany: async keys => {
    const items = [];
    for (const key of [...keys].reverse()) items.push(await table.get(key, true));
    return items.filter(item => item !== undefined);
  },
});

/**
 * Eight changes of one person at the same time, each followed by an evaluation of its own; whatever the order, the last
 * evaluation began after the last change. Tells whether the membership is what the profile says in the end.
 */
const endsRight = async (seed: number): Promise<boolean> => {
  const random = seededRandom(seed);
  /** Usually a moment; now and then as long as everybody else needs for everything. */
  const pause = async (probability: number) => {
    const stalls = random.chance(probability) ? random.below(60) : 0;
    for (let stall = 0; stall < stalls; stall += 1) await new Promise(setImmediate);
    for (let turns = random.below(4); turns > 0; turns -= 1) await Promise.resolve();
  };
  const before = (operation: string) => pause(operation.startsWith('get') ? 0.05 : 0.3);
  const { loop, change, reevaluate, isRight } = await openPerson({ seed, hooks: { before }, wrap: tornReads });
  await Promise.all(
    Array.from({ length: 8 }, async (_, number) => {
      await pause(1);
      await change(number % 2 === 0 ? 'DE' : 'FR');
      await pause(0.3);
      await reevaluate(loop.services);
    }),
  );
  return isRight();
};

test('whatever the order of changes and evaluations, the last word is about the newest profile', async () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);
  const ends = await Promise.all(seeds.map(async seed => ((await endsRight(seed)) ? [] : [seed])));
  expect(ends.flat()).toEqual([]);
});

/** The decision is written whatever stands there, and whatever has become of the profile. */
const withoutConditions = (table: Table): Table => ({
  ...table,
  transact: async writes => {
    const isDecision = writes.some(write => write.kind === 'check');
    if (!isDecision) return table.transact(writes);
    for (const { when: _when, ...write } of writes) if (write.kind === 'put') await table.write(write);
  },
});

/** Believes that what was read once belonged together. */
const credulous = (profiles: ProfileStore): ProfileStore => {
  const read = new Map<string, ProfileState>();
  return {
    ...profiles,
    getMany: async ids => {
      const states = await profiles.getMany(ids);
      for (const [id, state] of states) read.set(id, state);
      return states;
    },
    get: async id => read.get(id),
  };
};

/** Runs something once, in the middle of an operation. */
const interrupted = () => {
  const hook: { run: (() => Promise<void>) | undefined } = { run: undefined };
  const interrupt = async () => {
    const { run } = hook;
    hook.run = undefined;
    await run?.();
  };
  return { hook, interrupt };
};

const isDecision = (writes: readonly Write[]): boolean => writes.some(({ kind }) => kind === 'check');

/** A worker has decided and is about to write when the person moves, and another worker decides about that. */
const moveBeforeWrite = async (weaken: (table: Table) => Table): Promise<boolean> => {
  const { hook, interrupt } = interrupted();
  const wrap = (table: Table): Table => {
    const weakened = weaken(table);
    const transact: Table['transact'] = async writes => {
      if (isDecision(writes)) await interrupt();
      await weakened.transact(writes);
    };
    return { ...weakened, transact };
  };
  const { loop, change, reevaluate, isRight } = await openPerson({ wrap });
  await change('DE');
  hook.run = async () => {
    await change('FR');
    await reevaluate(loop.services);
  };
  await reevaluate(loop.services);
  return isRight();
};

test('a decision that is written late does not stand against one about a newer profile', async () => {
  expect(await moveBeforeWrite(table => table)).toBe(true);
});

test('control: written without a condition, it does', async () => {
  expect(await moveBeforeWrite(withoutConditions)).toBe(false);
});

/** The person moves between the reading of the person and the reading of the head. */
const moveBetweenReads = async (weaken: (profiles: ProfileStore) => ProfileStore): Promise<boolean> => {
  const { hook, interrupt } = interrupted();
  const wrap = (table: Table): Table => ({
    ...table,
    getMany: async keys => {
      const persons = await table.getMany(keys.filter(({ sk }) => sk === 'A'));
      await interrupt();
      return [...persons, ...(await table.getMany(keys.filter(({ sk }) => sk !== 'A')))];
    },
  });
  const { loop, change, reevaluate, isRight } = await openPerson({ wrap });
  await change('DE');
  hook.run = async () => {
    await change('FR');
    await reevaluate(loop.services);
  };
  await reevaluate({ ...loop.services, profiles: weaken(loop.services.profiles) });
  return isRight();
};

test('a head that does not belong to the person that was read is noticed', async () => {
  expect(await moveBetweenReads(profiles => profiles)).toBe(true);
});

test('control: believed at first sight, it makes a member of someone who has gone', async () => {
  expect(await moveBetweenReads(credulous)).toBe(false);
});
