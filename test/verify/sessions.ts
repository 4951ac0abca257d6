import { isDeepStrictEqual, parseArgs } from 'node:util';
import { foldSessions } from '../../core/engines/sessions/fold-sessions.ts';
import { sessionEvent } from '../../core/engines/sessions/session-event.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { Verify } from './run.ts';
import { lateFaults, orderFaults } from './sessions/late-events.ts';
import { randomHistory } from './sessions/random-history.ts';
import { type Rules, referenceSessions, rules, type Told } from './sessions/reference.ts';
import { toldByEngine } from './sessions/told-by-engine.ts';

/** The reference with one rule left out: it must differ. */
const controls: Readonly<Record<string, Partial<Rules>>> = {
  'a pause of exactly 1,800 s ends a session': { pauseSecondsMax: 1_799.999 },
  'a pause of 1,801 s does not end one': { pauseSecondsMax: 1_801 },
  'nothing but a pause ends one': { lengthSecondsMax: Number.POSITIVE_INFINITY },
  'midnight ends one': { endsAtMidnight: true },
  'devices share one': { deviceCounts: false },
  'the client’s name does not count': { clientNameCounts: false },
  'what happens by itself counts as presence': { quietCountsAsPresence: true },
  'one is named after its earliest event': { namedAfter: 'earliest' },
  'the last event says where one came from': { cameFromBy: 'last event' },
  'a referrer says more than a campaign': { campaignComesFirst: false },
  'an order counts as often as it is told': { ordersCountOnce: false },
};
const [shownMax, percentMin] = [10, 5];

const differs = (told: Told[], wanted: Told[]): boolean => {
  const inOrder = (sessions: Told[]) => [...sessions].sort((left, right) => (left.id < right.id ? -1 : 1));
  return !isDeepStrictEqual(inOrder(told), inOrder(wanted));
};

const pausedFor = (seconds: number): AcceptedEvent[] =>
  [0, seconds].map((after, place) => {
    const [id, at] = [`event-${place}`, new Date(Date.parse('2026-02-15T12:00:00Z') + after * 1_000).toISOString()];
    return { id, messageId: id, type: 'page_view', timestamp: at, receivedAt: at, identifiers: [], properties: {} };
  });

const boundaryFaults = (): string[] =>
  (
    [
      [1_800, 1],
      [1_801, 2],
    ] as const
  ).flatMap(([seconds, wanted]) => {
    const { length } = foldSessions(pausedFor(seconds).map(sessionEvent));
    console.log(`a pause of ${seconds} s: ${length} session${length === 1 ? '' : 's'}`);
    return length === wanted ? [] : [`a pause of ${seconds} s gives ${length} sessions`];
  });

const faultsOf = (seed: number): string[] => {
  const history = randomHistory(seed);
  const unlike = differs(toldByEngine(history), referenceSessions(history))
    ? ['other sessions than the reference']
    : [];
  return [...unlike, ...orderFaults(history, seed), ...lateFaults(history, seed)].map(
    fault => `seed ${seed}: ${fault}`,
  );
};

const controlPercents = (seeds: readonly number[]): number[] =>
  Object.entries(controls).map(([name, broken]) => {
    const noticed = seeds.filter(seed => {
      const history = randomHistory(seed);
      return differs(toldByEngine(history), referenceSessions(history, { ...rules, ...broken }));
    });
    const percent = (noticed.length * 100) / seeds.length;
    console.log(`control ${name}: differs in ${percent.toFixed(1)} % of ${seeds.length}, first in ${noticed[0]}`);
    return percent;
  });

/**
 * Sessions against a reference that is slow, obvious and knows nothing of the engine, on random histories with late
 * events; each rule left out must be noticed. `--histories <n>` runs the seeds below n, `--seed <n>` that one.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { histories: { type: 'string', default: '1000' }, seed: { type: 'string' } },
  });
  const only = values.seed === undefined ? undefined : Number(values.seed);
  const seeds = only === undefined ? Array.from({ length: Number(values.histories) }, (_, seed) => seed) : [only];
  const faults = [...boundaryFaults(), ...seeds.flatMap(faultsOf)];
  for (const fault of faults.slice(0, shownMax)) console.log(fault);
  if (only !== undefined)
    return { line: `sessions: seed ${only}, ${faults.length} faults`, holds: faults.length === 0 };
  const percents = controlPercents(seeds);
  const failed = percents.filter(percent => percent > percentMin).length;
  return {
    line: `sessions: ${seeds.length} histories, ${faults.length} differences, controls failed as they must: ${failed} of ${percents.length}`,
    holds: faults.length === 0 && failed === percents.length,
  };
};
