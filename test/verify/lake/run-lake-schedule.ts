import { ulid } from 'ulid';
import { foldWindow } from '../../../core/flows/fold-window.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { addDecimals } from '../../../core/model/money.ts';
import type { LakePartitions } from '../../../core/ports/lake-partitions.ts';
import { duckdbLakeFiles } from '../../../functions/adapters/lake/write/duckdb-lake-files.ts';
import { eventCommitsIn } from '../../../functions/adapters/lake/write/event-commits.ts';
import { gzipHotFiles } from '../../../functions/adapters/lake/write/gzip-hot-files.ts';
import { tableLakePartitions } from '../../../functions/adapters/lake/write/table-lake-partitions.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { provideServices, type Services } from '../../../functions/kit/services.ts';
import { handler as project } from '../../../functions/streams/project.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { lakeRows, lakeView } from '../../fixtures/lake-rows.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { Loop } from '../../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import { knownProfile } from '../../simulation/known-profile.ts';
import { lakeControls } from './lake-controls.ts';
import { LakeFault, LakeProcess } from './lake-process.ts';

const erasedProfile = 'profile-erased';
const windows = 6;
const people = 5;
const minute = 60_000;
const stepsMax = 60;
const days = ['2026-02-13', '2026-02-14', '2026-02-15'];

type Worker = 'project' | 'merge' | 'compact';
/** Which workers meet; one with a mark has ended before the next begins. */
const workersAtOnce: readonly (readonly (Worker | `${Worker}!`)[])[] = [
  ['merge', 'project!', 'merge'],
  ['merge', 'project!', 'merge', 'compact'],
  ['project!', 'merge', 'project!', 'merge'],
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
];

export interface LakeFindings {
  /** Events that a reader must see and does not, or not any more. */
  lost: string[];
  /** Events that a reader sees more than once. */
  twice: string[];
  /** Anything else that does not hold. */
  wrong: string[];
}

/** What became of the events that were accepted. */
interface Counts {
  accepted: number;
  duplicates: number;
  quarantined: number;
  refused: number;
}

/** Everything that happens to the lake under a seed: workers that crash anywhere, overlap and come again; readers beside them. */
class LakeRun {
  readonly #random: SeededRandom;
  readonly #loop: Loop;
  readonly #probability: number;
  readonly #control: (partitions: LakePartitions) => LakePartitions;
  readonly #counts: Counts = { accepted: 0, duplicates: 0, quarantined: 0, refused: 0 };
  readonly #sent: AcceptedEvent[] = [];
  readonly #findings: LakeFindings = { lost: [], twice: [], wrong: [] };
  /** Rows that stood in an object which was spoilt. */
  readonly #spoilt = new Set<string>();
  #position = 0;
  #windows = 0;

  constructor(seed: number, control: string | undefined) {
    this.#random = seededRandom(seed);
    this.#loop = new Loop({ seed });
    this.#probability = this.#random.pick([0.02, 0.05, 0.12]);
    this.#control = (control === undefined ? undefined : lakeControls[control]) ?? (partitions => partitions);
  }

  async run(): Promise<LakeFindings> {
    await knownProfile(this.#loop.table, erasedProfile, this.#loop.clock.at);
    for (let step = 0; step < stepsMax && !this.#isOver(); step += 1) await this.#step();
    await this.#finish();
    return this.#findings;
  }

  #isOver(): boolean {
    return this.#windows === windows && this.#position >= this.#loop.changes.length;
  }

  #step(): Promise<void> {
    const work = [() => this.#fold(), () => this.#work(), () => this.#work(), () => this.#work(), () => this.#spoil()];
    return this.#random.pick(this.#windows < windows ? work : work.slice(1))();
  }

  /** A window of the profile worker: new events, repeats, some that are kept aside and some of somebody erased. */
  async #fold(): Promise<void> {
    this.#windows += 1;
    const events = Array.from({ length: 4 + this.#random.below(12) }, () => this.#event());
    const outcome = await foldWindow(events, { ...this.#loop.services, accountCurrency: 'USD' });
    this.#counts.accepted += events.length;
    for (const kind of ['duplicates', 'quarantined', 'refused'] as const) this.#counts[kind] += outcome[kind];
    if (outcome.failed.length > 0) this.#findings.wrong.push('events could not be folded');
    this.#loop.clock.advance(this.#random.below(3 * minute));
  }

  #event(): AcceptedEvent {
    if (this.#sent.length > 0 && this.#random.chance(0.15)) return this.#random.pick(this.#sent);
    const event = customerEvent(`customer-${this.#random.below(people)}`, {
      ...(this.#random.chance(0.5) ? { amount: (1 + this.#random.below(100_000)) / 1000 } : { type: 'page_view' }),
      at: `${this.#random.pick(days)}T0${this.#random.below(10)}:00:00.000Z`,
    });
    if (this.#random.chance(0.08)) return { ...event, quarantine: 'timestamp_before_1970' };
    if (this.#random.chance(0.08)) return { ...event, profileId: erasedProfile, identifiers: [] };
    this.#sent.push(event);
    return event;
  }

  /** Rounds of workers at the same time, and now and then a reader who began before and ends after them. */
  async #work(): Promise<void> {
    const reader = this.#random.chance(0.6) ? await this.#beginReading() : undefined;
    for (let round = 1 + this.#random.below(3); round > 0; round -= 1) {
      const workers = this.#random.pick(workersAtOnce);
      await Promise.all((await this.#beginAll(workers)).map(({ end }) => end));
    }
    await reader?.();
    if (this.#random.chance(0.3)) this.#loop.clock.advance(this.#random.below(90 * minute));
  }

  async #beginAll(workers: (typeof workersAtOnce)[number]): Promise<{ end: Promise<void> }[]> {
    const begun: { end: Promise<void> }[] = [];
    for (const worker of workers) {
      const one = await this.#begin(worker.replace('!', '') as Worker);
      if (worker.endsWith('!')) await one.end;
      begun.push(one);
    }
    return begun;
  }

  /** Begins with a worker, in a process of its own; what it says when it ends is no matter but for the stream's. */
  async #begin(
    worker: 'project' | 'merge' | 'compact',
    probability = this.#probability,
  ): Promise<{ end: Promise<void> }> {
    provideServices(this.#servicesOf(new LakeProcess(seededRandom(this.#random.below(2 ** 31)), probability)));
    const end = worker === 'project' ? this.#project() : this.#job(worker === 'merge' ? mergeLake : compactLake);
    await new Promise(resolve => setImmediate(resolve));
    return { end };
  }

  /** Faults that are injected end a worker; any other is a finding. */
  async #end(running: Promise<unknown>): Promise<boolean> {
    try {
      await running;
      return true;
    } catch (fault) {
      if (!(fault instanceof LakeFault) && !this.#isChangedByOthers(fault))
        this.#findings.wrong.push(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
      return false;
    }
  }

  #isChangedByOthers(fault: unknown): boolean {
    return fault instanceof Error && fault.message.endsWith('by others all the time');
  }

  async #job(job: typeof mergeLake): Promise<void> {
    await this.#end(Promise.resolve(job({} as never, lambdaContext)));
  }

  /** A batch that may begin before the place up to which all is done. */
  async #project(all = false): Promise<void> {
    const { changes } = this.#loop;
    const start = Math.max(0, this.#position - this.#random.below(20));
    const end = all ? changes.length : Math.min(changes.length, this.#position + 1 + this.#random.below(40));
    const event = { Records: changes.slice(start, end), shardId: 'shardId-1' } as never;
    if (await this.#end(Promise.resolve(project(event, lambdaContext)))) this.#position = Math.max(this.#position, end);
  }

  #servicesOf(process: LakeProcess): Services {
    const table = process.table(this.#loop.table);
    const lake = process.objects(this.#loop.services.lake);
    const own = {
      lake,
      lakePartitions: this.#control(tableLakePartitions(table)),
      hotFiles: gzipHotFiles(lake),
      lakeFiles: duckdbLakeFiles(lake),
      eventCommitsIn: eventCommitsIn(table),
      /** An object's age stands in its id. */
      newId: (prefix: string) => `${prefix}-${ulid(this.#loop.clock.at).toLowerCase()}`,
    };
    return Object.defineProperties(
      {},
      { ...Object.getOwnPropertyDescriptors(this.#loop.services), ...Object.getOwnPropertyDescriptors(own) },
    ) as Services;
  }

  /** Somebody overwrites an object that nobody has merged yet. */
  async #spoil(): Promise<void> {
    const { lakePartitions, hotFiles, lake } = this.#loop.services;
    if (this.#spoilt.size > 0 || !this.#random.chance(0.1)) return;
    const open = (await lakePartitions.hot()).filter(({ mergedAt, events }) => mergedAt === undefined && events);
    const object = open.length === 0 ? undefined : this.#random.pick(open);
    if (!object?.events) return;
    const inDays = (await Promise.all(days.map(day => lakePartitions.day(day)))).flatMap(
      day => day?.upTo['shardId-1'] ?? [],
    );
    if (inDays.some(upTo => BigInt(upTo) >= BigInt(object.to))) return;
    for (const { eventId } of (await hotFiles.events(object.events.key)) ?? []) this.#spoilt.add(eventId);
    await lake.put(object.events.key, new Uint8Array([1, 2, 3]));
  }

  /** The events that were committed up to a place of the stream. */
  async #committed(position: number): Promise<Set<string>> {
    const changes = this.#loop.changes.slice(0, position);
    const { commits } = await eventCommitsIn(this.#loop.table)(changes, changes);
    return new Set(commits.flatMap(({ events }) => events.map(({ id }) => id)));
  }

  /** Looks at what there is to read; what is returned reads it. */
  async #beginReading(): Promise<() => Promise<void>> {
    const must = await this.#committed(this.#position);
    const views = await lakeView(this.#loop.services);
    return async () => {
      if (this.#spoilt.size > 0) return;
      try {
        this.#compare(must, await lakeRows(this.#loop.services, views));
      } catch (fault) {
        this.#findings.lost.push(`a reader could not read: ${fault instanceof Error ? fault.message : String(fault)}`);
      }
    };
  }

  #compare(must: ReadonlySet<string>, rows: readonly { eventId: string }[]): void {
    const seen = new Set<string>();
    for (const { eventId } of rows) {
      if (seen.has(eventId)) this.#findings.twice.push(eventId);
      seen.add(eventId);
    }
    for (const id of must) if (!seen.has(id) && !this.#spoilt.has(id)) this.#findings.lost.push(id);
  }

  /** Without faults everything comes to its end; then the lake has what was stored, and adds up to what profiles say. */
  async #finish(): Promise<void> {
    for (const worker of ['project', 'merge', 'compact', 'merge', 'compact'] as const) {
      provideServices(this.#servicesOf(new LakeProcess(this.#random, 0)));
      await (worker === 'project' ? this.#project(true) : this.#job(worker === 'merge' ? mergeLake : compactLake));
      this.#loop.clock.advance(70 * minute);
    }
    const rows = await lakeRows(this.#loop.services);
    this.#compare(await this.#committed(this.#loop.changes.length), rows);
    const { accepted, duplicates, quarantined, refused } = this.#counts;
    const stored = accepted - duplicates - quarantined - refused;
    if (rows.length + this.#spoilt.size !== stored)
      this.#findings.wrong.push(`${rows.length} rows and ${this.#spoilt.size} set aside, but ${stored} were stored`);
    if (this.#spoilt.size === 0) await this.#compareSums(rows);
  }

  async #compareSums(rows: readonly { profileId: string; amount: string | null }[]): Promise<void> {
    const sums = new Map<string, { events: number; purchases: number; ltv: string }>();
    for (const { profileId, amount } of rows) {
      const { events, purchases, ltv } = sums.get(profileId) ?? { events: 0, purchases: 0, ltv: '0' };
      const more = amount === null ? 0 : 1;
      sums.set(profileId, { events: events + 1, purchases: purchases + more, ltv: addDecimals(ltv, amount ?? '0') });
    }
    const states = await this.#loop.services.profiles.getMany([...sums.keys()]);
    for (const [id, sum] of sums) {
      const { events, purchases, ltv } = states.get(id)?.head.counters ?? {};
      if (events !== sum.events || purchases !== sum.purchases || ltv !== sum.ltv)
        this.#findings.wrong.push(
          `${id} adds up to ${JSON.stringify(sum)} in the lake, ${JSON.stringify({ events, purchases, ltv })} in the table`,
        );
    }
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
