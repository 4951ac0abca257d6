import { setMaxListeners } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../assembly/place.ts';
import type { System } from '../assembly/system.ts';
import type { Log } from '../log.ts';
import { pause } from '../pause.ts';
import { readState, writeState } from '../state-file.ts';
import { FunctionLanes } from '../worker/function-lanes.ts';
import type { FunctionPool } from '../worker/function-pool.ts';
import type { Invocable } from '../worker/invocation.ts';
import { nextRun } from './next-run.ts';
import { type DeclaredSchedule, readSchedules } from './read-schedules.ts';
import { scheduledEvent } from './scheduled-event.ts';

/** What the schedules work with. */
export interface SchedulesOptions {
  system: System;
  pool: FunctionPool;
  stateDirectory: string;
  log: Log;
  place: Place;
}

/** When each schedule ran last, in `<state>/schedules.json`: a restart keeps the rhythm. */
class LastRuns {
  #file: string;
  #times: Record<string, number>;

  constructor(stateDirectory: string) {
    mkdirSync(stateDirectory, { recursive: true });
    this.#file = join(stateDirectory, 'schedules.json');
    this.#times = readState<Record<string, number>>(this.#file) ?? {};
  }

  /** When it ran last; a schedule that is new here begins its rhythm now. */
  of(id: string, now: number): number {
    const known = this.#times[id];
    if (known === undefined) this.keep(id, now);
    return known ?? now;
  }

  keep(id: string, at: number): void {
    this.#times[id] = at;
    writeState(this.#file, this.#times);
  }
}

/** Lambda waits for one minute before the first retry of an asynchronous invocation and two before the second. */
const retryMilliseconds = 60_000;

const longestSleepMilliseconds = 3_600_000;

const runOnce = async (schedule: DeclaredSchedule, invoked: Invocable, event: unknown, signal: AbortSignal) => {
  const { retriesMax, eventAgeMaxMilliseconds } = schedule;
  const begun = Date.now();
  for (let attempt = 0; attempt <= retriesMax; attempt++) {
    const result = await invoked.invoke(event);
    const wait = (attempt + 1) * retryMilliseconds;
    if (result.kind === 'answered' || Date.now() + wait - begun > eventAgeMaxMilliseconds) return;
    if (attempt < retriesMax) await pause(wait, signal);
    if (signal.aborted) return;
  }
};

const follow = async (
  schedule: DeclaredSchedule,
  invoked: Invocable,
  lastRuns: LastRuns,
  place: Place,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    const last = lastRuns.of(schedule.id, Date.now());
    const due = nextRun(schedule.clock, last, Date.now(), schedule.timeZone);
    const wait = (due ?? Number.POSITIVE_INFINITY) - Date.now();
    await pause(Math.min(Math.max(wait, 0), longestSleepMilliseconds), signal);
    if (signal.aborted || due === undefined || Date.now() < due) continue;
    lastRuns.keep(schedule.id, due);
    void runOnce(schedule, invoked, scheduledEvent(schedule, place, due), signal);
  }
};

/**
 * Starts every schedule of the app: rules of EventBridge and schedules of its scheduler. A run that takes longer than
 * its rhythm does not hold up the next one. Throws a `LocalError` for a schedule that cannot run here.
 */
export const startSchedules = (options: SchedulesOptions): (() => Promise<void>) => {
  const { system, pool, stateDirectory, place } = options;
  const schedules = readSchedules(system, place);
  const lastRuns = new LastRuns(stateDirectory);
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  const followed = schedules.map(schedule => {
    const use = `schedule ${schedule.id}`;
    const open = (index: number): Invocable => pool.threaded(schedule.function, `${use} ${index}`);
    const invoked = new FunctionLanes(schedule.function.logicalId, open);
    return follow(schedule, invoked, lastRuns, place, abort.signal);
  });
  return async () => {
    abort.abort();
    await Promise.all(followed);
  };
};
