import { Problem } from '../../core/errors.ts';
import { continueMerge } from '../../core/flows/continue-merge.ts';
import { createProfile } from '../../core/flows/create-profile.ts';
import { eraseProfile } from '../../core/flows/erase-profile.ts';
import { foldWindow } from '../../core/flows/fold-window.ts';
import { mergeProfiles } from '../../core/flows/merge-profiles.ts';
import { unmergeProfiles } from '../../core/flows/unmerge-profiles.ts';
import { updateProfile } from '../../core/flows/update-profile.ts';
import { ProfileChanged } from '../../core/ports/profile-store.ts';
import type { Table } from '../../core/ports/table.ts';
import { log } from '../../functions/kit/log.ts';
import { provideServices } from '../../functions/kit/provided-services.ts';
import { asProcess, faultyTable, TableFault } from '../fixtures/faulty-table.ts';
import { platformServices, testClock } from '../fixtures/platform-services.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { seededTurns, withPauses } from '../fixtures/seeded-turns.ts';
import { lanes, startedAt } from './fold-schedule.ts';
import { mergeFindings } from './merge-findings.ts';
import {
  type Act,
  customerKey,
  everybody,
  isKnown,
  type MergeSchedule,
  mergeSchedule,
  profileOf,
} from './merge-schedule.ts';
import { deliverLane, type Engine, faultsOf, inMemory, streamOf } from './run-fold-schedule.ts';
import { type SimulationTools, toolsOver } from './simulation-tools.ts';

const triesMax = 60;
const turnsBetweenMax = 60;

/** Tries as a process of its own until the table lets it; whoever is gone, or may not, is left alone. */
const insist = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    try {
      return await asProcess(work);
    } catch (fault) {
      const isGone = fault instanceof Problem && (fault.code === 'NOT_FOUND' || fault.code === 'VALIDATION_FAILED');
      if (isGone || (fault instanceof Problem && /undo .* first|have expired/.test(fault.message))) return undefined;
      const mayTry = fault instanceof TableFault || fault instanceof ProfileChanged || fault instanceof Problem;
      if (!mayTry) throw fault;
    }
  }
  return undefined;
};

const profileIdOf = async (
  person: (typeof everybody)[number],
  { profiles }: SimulationTools,
): Promise<string | undefined> => {
  if (isKnown(person)) return profileOf(person);
  return (await profiles.ownersOf([customerKey(person)])).get(customerKey(person));
};

const mergeAct = async (act: Act & { kind: 'merge' }, tools: SimulationTools): Promise<void> => {
  const ids = await Promise.all(act.people.map(person => profileIdOf(person, tools)));
  const primaryProfileId = act.primary && (await profileIdOf(act.primary, tools));
  const profileIds = ids.filter(id => id !== undefined);
  const reason = { kind: 'manual' as const, score: act.score, by: 'somebody' };
  await mergeProfiles({ profileIds, primaryProfileId, strategy: act.strategy, reason }, tools);
};

const perform = async (act: Act, tools: SimulationTools): Promise<void> => {
  if (act.kind === 'merge') return mergeAct(act, tools);
  if (act.kind === 'create') {
    const options = { onConflict: 'upsert' as const, requestId: `create-${act.number}`, source: 'api' };
    const { person, number } = act;
    await createProfile({ customerId: `customer-${person}`, company: `company-${number}` }, options, tools);
    return;
  }
  const id = await profileIdOf(act.person, tools);
  if (id === undefined) return;
  if (act.kind === 'erase') await eraseProfile(id, tools);
  if (act.kind === 'consent') {
    const edit = () => ({ attributes: {}, identifiers: [], consent: act.consent });
    await updateProfile({ id, edit, requestId: `consent-${id}` }, tools);
  }
  if (act.kind === 'unmerge') {
    const mergeId = (await tools.profiles.get(id))?.head.mergedBy;
    if (mergeId !== undefined) await unmergeProfiles({ mergeId, reason: 'two people', by: 'somebody' }, tools);
  }
};

/** Merges that are under way in steps are gone on with, as the queue does. */
const finishStarted = async (engine: Engine, tools: SimulationTools): Promise<void> => {
  for (const { pk, r } of (await engine.items()).values()) {
    const { id, status } = (r ?? {}) as { id?: string; status?: string };
    const isOpen = status === 'merging' || status === 'unmerging';
    if (pk.startsWith('P#') && id !== undefined && isOpen) await insist(() => continueMerge(id, tools));
  }
};

const setUp = async (schedule: MergeSchedule, table: Table): Promise<void> => {
  const tools = toolsOver(table, schedule.writesMax, 'past');
  for (const person of everybody.filter(isKnown)) {
    const options = { onConflict: 'reject' as const, requestId: `create-${person}`, source: 'api', saidAt: startedAt };
    const body = {
      customerId: `customer-${person}`,
      email: `${person}@example.com`,
      externalIds: { deviceIds: [`device-${person}`] },
    };
    await createProfile(body, options, { ...tools, newId: () => profileOf(person) });
  }
  await foldWindow(schedule.past, tools);
};

/** Runs a schedule to its end and tells what is wrong afterwards. */
export const runMergeSchedule = async (seed: number): Promise<string[]> => {
  const schedule = mergeSchedule(seed);
  const random = seededRandom(seed ^ 0x3e46e);
  const engine = inMemory();
  await setUp(schedule, engine.table);
  const next = faultsOf(random, schedule.faultProbability);
  const turn = seededTurns(random);
  const paused = withPauses(turn, random, { probability: schedule.pauseProbability, turnsMax: 80 });
  const faulty = faultyTable(engine.table, { turn: paused, next });
  const clock = testClock(new Date(startedAt).toISOString());
  const folding = toolsOver(faulty, schedule.writesMax, 'fold');
  log.setLogLevel('SILENT');
  provideServices(platformServices(faulty, clock, { profiles: folding.profiles, newId: folding.newId }).services);
  const acting = toolsOver(faultyTable(engine.table, { turn, next }), schedule.writesMax, 'act');
  try {
    await runAll(schedule, random, clock, { acting, engine });
  } finally {
    provideServices(undefined);
  }
  await finishStarted(engine, toolsOver(engine.table, schedule.writesMax, 'end'));
  return mergeFindings(schedule, engine);
};

interface Running {
  acting: SimulationTools;
  engine: Engine;
}

const runAll = async (
  schedule: MergeSchedule,
  random: SeededRandom,
  clock: ReturnType<typeof testClock>,
  { acting, engine }: Running,
): Promise<void> => {
  const stream = streamOf(schedule);
  let open = 0;
  const counted = async (work: Promise<void>): Promise<void> => {
    open += 1;
    await work.finally(() => {
      open -= 1;
    });
  };
  const waitTurns = async (own: SeededRandom) => {
    for (let turns = own.below(turnsBetweenMax); turns > 0; turns -= 1)
      await insist(() => acting.profiles.ownersOf(['customerId#nobody']));
  };
  const doList = async (acts: readonly Act[], own: SeededRandom): Promise<void> => {
    for (const act of acts) {
      await waitTurns(own);
      await insist(() => perform(act, acting));
    }
  };
  const lanesOf = Array.from({ length: lanes }, (_, lane) =>
    counted(
      deliverLane(
        stream.filter(one => one.lane === lane),
        seededRandom(random.below(2 ** 31)),
        clock,
      ),
    ),
  );
  const lists = schedule.acts.map(acts => counted(doList(acts, seededRandom(random.below(2 ** 31)))));
  const finishing = async (): Promise<void> => {
    while (open > 0) {
      await insist(() => acting.profiles.ownersOf(['customerId#nobody']));
      await finishStarted(engine, acting);
    }
  };
  const ended = await Promise.allSettled([...lanesOf, ...lists, finishing()]);
  const stuck = ended.find(one => one.status === 'rejected');
  if (stuck) throw stuck.reason;
};
