import { createTrait } from '../../core/flows/create-trait.ts';
import { deleteTrait } from '../../core/flows/delete-trait.ts';
import { type MergeRequest, mergeProfiles } from '../../core/flows/merge-profiles.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import { sameValue } from '../../core/model/same-value.ts';
import type { Trait } from '../../core/model/trait.ts';
import type { Table } from '../../core/ports/table.ts';
import { keys } from '../../functions/adapters/stores/access-patterns.ts';
import { tableCollection, tableCommitTogether } from '../../functions/adapters/stores/table-collection.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { log } from '../../functions/kit/log.ts';
import type { Services } from '../../functions/kit/services.ts';
import { customerEvent } from '../fixtures/customer-events.ts';
import { faults, faultyTable, TableFault } from '../fixtures/faulty-table.ts';
import { Loop } from '../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { seededTurns, withPauses } from '../fixtures/seeded-turns.ts';
import { type PlainTrait, plainTrait } from './plain-trait.ts';

const [customers, epochs, actionsPerEpoch, workers, traitsMax] = [5, 6, 3, 3, 8];
const [faultProbability, faultsMax, heldUpProbability, heldUpTurnsMax] = [0.02, 30, 0.3, 400];
const hour = 3_600_000;
const categories = ['shoes', 'hats', 'socks'] as const;
const withProperty = ['sum', 'avg', 'min', 'max', 'most_frequent', 'unique_list', 'first', 'last'] as const;

interface History {
  random: SeededRandom;
  loop: Loop;
  turn: () => Promise<void>;
  /** The same without faults: what the test itself does, and looks at. */
  plain: Services;
  weather: Weather;
  traits: Map<string, PlainTrait>;
  made: number;
}

/** Whether the table lets everything pass for a while. */
interface Weather {
  calm: boolean;
}

/** A table that fails now and then, and before whose transactions a process may be held up while others go on. */
const hostileTable = (plain: Table, turn: () => Promise<void>, random: SeededRandom, weather: Weather): Table => {
  let left = faultsMax;
  const next = () => {
    if (weather.calm || left === 0 || !random.chance(faultProbability)) return undefined;
    left -= 1;
    return random.pick(faults);
  };
  const faulty = faultyTable(plain, { turn, next });
  const heldUp = withPauses(turn, random, { probability: heldUpProbability, turnsMax: heldUpTurnsMax });
  return {
    ...faulty,
    transact: async writes => {
      await heldUp();
      return faulty.transact(writes);
    },
  };
};

const openHistory = (seed: number): History => {
  const random = seededRandom(seed);
  const turn = seededTurns(seededRandom(seed ^ 0x7a11));
  const tables: Table[] = [];
  const weather = { calm: false };
  const wrap = (plain: Table): Table => {
    tables.push(plain);
    return hostileTable(plain, turn, seededRandom(seed ^ 0x401d), weather);
  };
  const loop = new Loop({ seed, twice: random.chance(0.4), wrap });
  const [table = loop.table] = tables;
  const plain: Services = {
    ...loop.services,
    traits: tableCollection(table, keys.trait),
    segments: tableCollection(table, keys.segment),
    jobs: tableCollection(table, keys.job),
    commitTogether: tableCommitTogether(table),
    profiles: tableProfileStore(
      table,
      () => 'attempt',
      () => loop.clock.at,
    ),
  };
  return { random, loop, turn, plain, weather, traits: new Map(), made: 0 };
};

const define = async ({ random, plain, traits, made }: History): Promise<void> => {
  if (traits.size >= traitsMax) return;
  const [name, kind] = [`trait_${made}`, random.pick([...withProperty, 'count'] as const)];
  const property = kind === 'count' ? undefined : random.pick(['amount', 'category'] as const);
  const category = random.chance(0.3) ? random.pick(categories) : undefined;
  const given: Trait = {
    ...{ name, kind, event: random.pick(['purchase', 'product_view']) },
    ...(property && (random.chance(0.8) || !['first', 'last'].includes(kind)) ? { property } : {}),
    ...(category ? { where: { field: 'properties.category', operator: '=', value: category } } : {}),
    ...(random.chance(0.5) ? { windowDays: random.pick([1, 3, 10]) } : {}),
  };
  await createTrait(given, plain);
  const { where: _where, ...told } = given;
  traits.set(name, { ...told, ...(category ? { category } : {}) } as PlainTrait);
};

const drop = async ({ random, plain, traits }: History): Promise<void> => {
  const [name] = random.shuffled([...traits.keys()]);
  if (name === undefined) return;
  await deleteTrait(name, plain);
  traits.delete(name);
};

const eventOf = ({ random, loop }: History): AcceptedEvent => {
  const at = new Date(loop.clock.at - random.below(14 * 24) * hour).toISOString();
  const type = random.pick(['purchase', 'purchase', 'product_view', 'page_view'] as const);
  const amount = type === 'purchase' || random.chance(0.5) ? { amount: random.below(40) } : {};
  const category = random.chance(0.7) ? { category: random.pick(categories) } : {};
  return { ...customerEvent(`c${random.below(customers)}`, { at }), type, properties: { ...amount, ...category } };
};

const everybody = async ({ plain }: History): Promise<ProfileState[]> => {
  const { ids } = await plain.profiles.list(1000);
  return [...(await plain.profiles.getMany(ids)).values()].filter(({ head }) => head.life === 'live');
};

/** Two of them become one; whoever loses too many races leaves it at that. */
const merge = async (history: History): Promise<void> => {
  const [one, other] = history.random.shuffled(await everybody(history)).map(({ id }) => id);
  if (one === undefined || other === undefined) return;
  const wish: MergeRequest = {
    profileIds: [one, other],
    strategy: 'most_recent',
    reason: { kind: 'manual', score: 100, by: 'somebody' },
  };
  const settings = { accountCurrency: 'USD', consentMergePolicy: 'permissive_safe' as const };
  await mergeProfiles(wish, { ...history.loop.services, ...settings }).catch(ignoreFaults);
};

const ignoreFaults = (fault: unknown): void => {
  if (!(fault instanceof TableFault)) throw fault;
};

/** Tries until the table lets it. */
const insist = async (work: () => Promise<void>): Promise<void> => {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      ignoreFaults(fault);
    }
  }
};

const act = async (history: History): Promise<void> => {
  const { random, loop, turn } = history;
  for (let turns = random.below(50); turns > 0; turns -= 1) await turn();
  history.made += 1;
  const events = Array.from({ length: 1 + random.below(5) }, () => eventOf(history));
  const sent = random.chance(0.3) ? [...events, ...events] : events;
  const change = random.pick([async () => {}, define, define, drop]);
  await Promise.all([insist(() => loop.fold(sent)), change(history)]);
};

/** Acts while the workers are under way, and waits until nothing is left for them; no message is gone for good. */
const runEpoch = async (history: History): Promise<void> => {
  const { loop, random } = history;
  let over = false;
  const working = Array.from({ length: workers }, () => loop.workBeside(() => over));
  for (let action = 0; action < actionsPerEpoch; action += 1) await act(history);
  over = true;
  await Promise.all(working);
  if (random.chance(0.2)) await merge(history);
  await rest(history);
};

/**
 * Until nothing is left. Time went on while they worked, and what is due by then is done; whoever takes a timer and
 * fails would do it a quarter of an hour later.
 */
const rest = async ({ loop, weather }: History): Promise<void> => {
  await loop.run();
  while (loop.messages.deadLetters.length > 0) {
    loop.messages.redrive();
    await loop.run();
  }
  weather.calm = true;
  for (let at = Number.NaN; at !== loop.clock.at; ) {
    at = loop.clock.at;
    await loop.tick();
    await loop.run();
  }
  weather.calm = false;
};

const jump = async (history: History): Promise<void> => {
  const { random, loop } = history;
  loop.clock.advance(random.pick([1, 13, 24, 80, 24 * 8]) * hour + random.below(hour));
  await rest(history);
};

const findings = async (history: History): Promise<string[]> => {
  const { traits, plain, loop } = history;
  const found: string[] = [];
  for (const state of await everybody(history)) {
    const events = (await plain.profiles.events(state)).map(({ id, type, timestamp, properties }) => ({
      ...{ id, type, at: Date.parse(timestamp), properties },
    }));
    const must = [...traits].flatMap(([name, trait]) => {
      const value = plainTrait(trait, events, loop.clock.at);
      return value === undefined ? [] : [[name, value] as const];
    });
    const kept = state.person.traits ?? {};
    if (!sameValue(kept, Object.fromEntries(must)))
      found.push(`${state.id} has ${JSON.stringify(kept)} and not ${JSON.stringify(Object.fromEntries(must))}`);
  }
  return found;
};

/**
 * Events that come late and twice, traits that come and go, people who become one, and time, while several workers are
 * under way over a table that fails, and every batch is delivered twice in some of the histories: backfill and live
 * events meet in every order. Tells whose traits are not what calculating them from scratch, plainly, gives.
 */
export const traitHistory = async (seed: number): Promise<string[]> => {
  log.setLogLevel('SILENT');
  const history = openHistory(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    await runEpoch(history);
    const found = await findings(history);
    if (found.length > 0) return found;
    if (history.random.chance(0.5)) await jump(history);
    const later = await findings(history);
    if (later.length > 0) return later;
  }
  return [];
};
