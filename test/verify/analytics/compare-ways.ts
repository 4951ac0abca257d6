import { isDeepStrictEqual } from 'node:util';
import type { Asked, PassName, Sums } from '../../../core/engines/columns/passes.ts';
import { ruleModels, touchKinds } from '../../../core/model/attribution-model.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { attributionByHand, attributionBySqlite, someAttribution, withoutDecay } from './attribution-ways.ts';
import { cohortsByHand, cohortsBySqlite, someCohorts } from './cohort-ways.ts';
import { codes, type SetEvent, someEvents } from './event-sets.ts';
import { funnelByHand, funnelBySqlite, someFunnel } from './funnel-ways.ts';
import { journeysByHand, journeysBySqlite, someJourneys } from './journey-ways.ts';
import { type Fault, runReal } from './run-real.ts';
import type { SqliteSet } from './sqlite-set.ts';

export interface Compared {
  comparisons: number;
  lists: number;
  differences: string[];
}

const inOrder = (lists: readonly (readonly Uint32Array[])[]): number[][] =>
  lists.map(pieces => pieces.flatMap(piece => [...piece]).sort((one, other) => one - other));

const width = codes.channels.length;

/** Everything that is asked of one set of events, by the engine, by hand and by SQLite; and every list behind a figure. */
export class SetComparison {
  readonly told: Compared = { comparisons: 0, lists: 0, differences: [] };
  readonly #seed: number;
  readonly #events: SetEvent[];
  readonly #sqlite: SqliteSet;
  readonly #fault: Fault | undefined;

  constructor(seed: number, sqlite: SqliteSet, fault?: Fault) {
    this.#seed = seed;
    this.#events = someEvents(seededRandom(seed));
    this.#sqlite = sqlite;
    this.#fault = fault;
    sqlite.take(this.#events);
  }

  all(): Compared {
    this.#funnel();
    this.#cohorts();
    this.#attribution();
    this.#journeys();
    return this.told;
  }

  #run<Name extends PassName>(name: Name, asked: Asked<Name>): Sums<Name> {
    return runReal(name, this.#events, asked, this.#seed, this.#fault);
  }

  #same(what: string, real: unknown, other: unknown): void {
    this.told.comparisons += 1;
    if (isDeepStrictEqual(real, other)) return;
    this.told.differences.push(
      `set ${this.#seed}, ${what}: ${JSON.stringify(real)} in place of ${JSON.stringify(other)}`,
    );
  }

  /** The list behind a figure has as many people as it says, and nobody twice. */
  #list<Name extends PassName>(name: Name, asked: Asked<Name>, collect: unknown, count: number): void {
    const { collected } = this.#run(name, { ...asked, collect } as Asked<Name>) as { collected: Uint32Array[] };
    const people = collected.flatMap(piece => [...piece]);
    this.told.lists += 1;
    if (people.length === count && new Set(people).size === count) return;
    this.told.differences.push(
      `set ${this.#seed}, ${name} ${JSON.stringify(collect)}: lists ${people} and counts ${count}`,
    );
  }

  #funnel(): void {
    const asked = someFunnel(seededRandom(this.#seed * 4));
    const { depths, sincePrevious, sinceStart } = this.#run('funnel', asked);
    const real = { depths, sincePrevious: inOrder(sincePrevious), sinceStart: inOrder(sinceStart) };
    this.#same(`funnel ${asked.order}`, real, funnelByHand(this.#events, asked));
    this.#same(`funnel ${asked.order} in SQLite`, depths, funnelBySqlite(this.#sqlite, asked));
    for (let step = 1; step <= asked.steps.length; step += 1) {
      const reached = depths.slice(step).reduce((all, count) => all + count, 0);
      this.#list('funnel', asked, { step, stopped: false, group: 0 }, reached);
      this.#list('funnel', asked, { step, stopped: true, group: 0 }, depths[step] ?? 0);
    }
  }

  #cohorts(): void {
    const asked = someCohorts(seededRandom(this.#seed * 4 + 1));
    const { sizes, active, revenue } = this.#run('cohorts', asked);
    this.#same('cohorts', { sizes, active, revenue }, cohortsByHand(this.#events, asked));
    this.#same('cohorts in SQLite', { sizes, active, revenue }, cohortsBySqlite(this.#sqlite, asked));
    for (const [cohort, size] of sizes.entries()) {
      this.#list('cohorts', asked, { cohort }, size);
      for (let period = 0; period < sizes.length - cohort; period += 1)
        this.#list('cohorts', asked, { cohort, period }, active[cohort * sizes.length + period] ?? 0);
    }
  }

  #attribution(): void {
    const asked = someAttribution(seededRandom(this.#seed * 4 + 2));
    const sums = this.#run('attribution', asked);
    const { credit, revenue } = sums;
    const [converted, unattributed] = [sums.converted.conversions, sums.unattributed.conversions];
    this.#same('attribution', { credit, revenue, converted, unattributed }, attributionByHand(this.#events, asked));
    const sqlite = attributionBySqlite(this.#sqlite, asked);
    const ruled = ({ credit: one, revenue: two, ...rest }: typeof sqlite) => [
      withoutDecay(one),
      withoutDecay(two),
      rest,
    ];
    this.#same('attribution in SQLite', ruled({ credit, revenue, converted, unattributed }), ruled(sqlite));
    for (const model of ruleModels.keys()) {
      const own = credit.slice(model * width, (model + 1) * width).reduce((all, parts) => all + parts, 0);
      this.#same('credit in all', own, (converted - unattributed) * 1_000_000);
    }
    this.#list('attribution', asked, { kind: 'converted' }, sums.converted.people);
    this.#list('attribution', asked, { kind: 'unattributed' }, sums.unattributed.people);
    for (const [place, kind] of touchKinds.entries())
      for (const [code, channel] of codes.channels.entries())
        if (code > 0) this.#list('attribution', asked, { kind, channel }, sums.people[place * width + code] ?? 0);
  }

  #journeys(): void {
    const asked = someJourneys(seededRandom(this.#seed * 4 + 3));
    const { nodes, links, ends, types } = this.#run('journeys', asked);
    const real: Record<string, number> = {};
    for (const [place, count] of nodes.entries())
      if (count > 0) real[`${Math.floor(place / types)} ${place % types}`] = count;
    for (const [place, count] of links.entries()) {
      const node = Math.floor(place / types);
      if (count > 0) real[`${Math.floor(node / types)} ${node % types} ${place % types}`] = count;
    }
    this.#same('journeys', real, journeysByHand(this.#events, asked));
    const sqlite = journeysBySqlite(this.#sqlite, asked);
    if (sqlite) this.#same('journeys in SQLite', real, sqlite);
    for (const [place, count] of nodes.entries()) {
      if (count === 0) continue;
      const at = { step: Math.floor(place / types), event: codes.types[place % types] };
      this.#list('journeys', asked, at, count);
      this.#list('journeys', asked, { ...at, ends: true }, ends[place] ?? 0);
      for (const [next, to] of codes.types.entries())
        this.#list('journeys', asked, { ...at, to }, links[place * types + next] ?? 0);
    }
  }
}
