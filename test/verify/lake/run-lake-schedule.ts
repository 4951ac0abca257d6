import { provideServices } from '../../../functions/kit/provided-services.ts';
import { Hold } from '../../fixtures/hold.ts';
import { Loop } from '../../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import { compareLayouts, compareSnapshot, compareSums } from './compare-lake.ts';
import { lakeControls } from './lake-controls.ts';
import { type LakeFindings, noFindings } from './lake-findings.ts';
import { LakeIntake } from './lake-intake.ts';
import { LakeReader } from './lake-reader.ts';
import { type LakeWorker, LakeWorkers } from './lake-workers.ts';
import { spoilObject } from './spoil-object.ts';

const windows = 8;
const minute = 60_000;
const stepsMax = 60;

/**
 * Which workers meet; one with `!` has ended before the next begins, one with `~` is held before it changes a document
 * until all others have ended.
 */
const workersAtOnce: readonly (readonly `${LakeWorker}${'' | '!' | '~'}`[])[] = [
  ['project!', 'merge~', 'project!', 'merge'],
  ['project!', 'merge~', 'project!', 'merge!', 'compact'],
  ['project!', 'merge!', 'project!', 'merge~', 'project!', 'merge!', 'compact'],
  ['project!', 'merge!', 'compact~', 'project!', 'merge!', 'compact'],
  ['project!', 'merge!', 'project!', 'compact~', 'project!', 'merge!'],
  ['project~', 'project', 'merge'],
  ['snapshot~', 'project!', 'snapshot'],
  ['merge', 'project!', 'merge'],
  ['merge', 'project!', 'merge', 'compact'],
  ['project!', 'merge', 'project!', 'merge'],
  ['project!', 'merge!', 'compact!', 'compact'],
  ['project'],
  ['merge'],
  ['compact'],
  ['project', 'project'],
  ['project', 'merge'],
  ['project', 'merge', 'merge'],
  ['merge', 'compact'],
  ['compact', 'merge'],
  ['compact', 'compact'],
  ['project', 'merge', 'compact'],
  ['project', 'snapshot'],
  ['snapshot', 'project!', 'snapshot'],
  ['project!', 'snapshot', 'snapshot'],
];

/** Everything that happens to the lake under a seed: workers that crash anywhere, overlap and come again; readers beside them. */
class LakeRun {
  readonly #random: SeededRandom;
  readonly #loop: Loop;
  readonly #intake: LakeIntake;
  readonly #workers: LakeWorkers;
  readonly #reader: LakeReader;
  readonly #findings = noFindings();
  readonly #spoilt = new Set<string>();

  constructor(seed: number, control: string | undefined) {
    const random = seededRandom(seed);
    const loop = new Loop({ seed });
    this.#random = random;
    this.#loop = loop;
    this.#intake = new LakeIntake(random, loop);
    this.#reader = new LakeReader(loop, this.#findings, this.#spoilt);
    this.#workers = new LakeWorkers({
      random,
      loop,
      probability: random.pick([0.005, 0.02, 0.08]),
      control: (control === undefined ? undefined : lakeControls[control]) ?? (tools => tools),
      onFault: text => this.#findings.wrong.push(text),
    });
  }

  async run(): Promise<LakeFindings> {
    await this.#intake.begin();
    for (let step = 0; step < stepsMax && !this.#isOver(); step += 1) await this.#step();
    await this.#finish();
    return this.#findings;
  }

  #isOver(): boolean {
    return this.#intake.windows === windows && this.#workers.position >= this.#loop.changes.length;
  }

  #step(): Promise<void> {
    const work = [() => this.#fold(), () => this.#work(), () => this.#work(), () => this.#work(), () => this.#spoil()];
    return this.#random.pick(this.#intake.windows < windows ? work : work.slice(1))();
  }

  async #fold(): Promise<void> {
    await this.#intake.fold();
    this.#loop.clock.advance(this.#random.below(3 * minute));
  }

  /** Rounds of workers at the same time, and now and then a reader who began before and ends after them. */
  async #work(): Promise<void> {
    const read = this.#random.chance(0.6) ? await this.#reader.begin(this.#workers.position) : undefined;
    for (let round = 1 + this.#random.below(3); round > 0; round -= 1) {
      await this.#meet(this.#random.pick(workersAtOnce));
    }
    await read?.();
    if (this.#random.chance(0.3)) this.#loop.clock.advance(this.#random.below(90 * minute));
  }

  async #meet(workers: (typeof workersAtOnce)[number]): Promise<void> {
    const hold = new Hold();
    const ends: { others: Promise<void>[]; slow: Promise<void>[] } = { others: [], slow: [] };
    for (const worker of workers) {
      const isSlow = worker.endsWith('~');
      const { end } = await this.#workers.begin(worker.replace(/[!~]/, '') as LakeWorker, isSlow ? hold : undefined);
      if (worker.endsWith('!')) await end;
      ends[isSlow ? 'slow' : 'others'].push(end);
    }
    await Promise.all(ends.others);
    hold.letGo();
    await Promise.all(ends.slow);
  }

  async #spoil(): Promise<void> {
    if (this.#spoilt.size > 0 || !this.#random.chance(0.1)) return;
    for (const eventId of await spoilObject(this.#loop, this.#random)) this.#spoilt.add(eventId);
  }

  /** Without faults everything comes to its end; then the lake has what was stored, and adds up to what profiles say. */
  async #finish(): Promise<void> {
    for (const worker of ['project', 'snapshot', 'merge', 'compact', 'merge', 'compact'] as const) {
      await this.#workers.finish(worker);
      this.#loop.clock.advance(70 * minute);
    }
    const rows = await this.#reader.readAll();
    const { wrong } = this.#findings;
    if (rows.length + this.#spoilt.size !== this.#intake.stored)
      wrong.push(`${rows.length} rows and ${this.#spoilt.size} set aside, but ${this.#intake.stored} were stored`);
    wrong.push(...(await compareLayouts(this.#loop)), ...(await compareSnapshot(this.#loop)));
    if (this.#spoilt.size === 0) wrong.push(...(await compareSums(this.#loop, rows)));
  }
}

/** Runs a schedule to its end, on the real code or without one of its conditions, and tells what is wrong. */
export const runLakeSchedule = async (seed: number, control?: string): Promise<LakeFindings> => {
  try {
    return await new LakeRun(seed, control).run();
  } finally {
    provideServices(undefined);
  }
};
