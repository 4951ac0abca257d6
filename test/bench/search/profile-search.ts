import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rewriteSnapshot } from '../../../core/flows/rewrite-snapshot.ts';
import { type FindTools, findProfiles } from '../../../core/flows/search-profiles.ts';
import { tableMembershipStore } from '../../../functions/adapters/stores/table-membership-store.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { type SnapshotLake, snapshotLake } from '../../fixtures/snapshot-lake.ts';
import { addPopulation, tellChanges } from '../lake/add-population.ts';
import { changedParts } from '../lake/snapshot-population.ts';
import type { Measured } from '../run.ts';
import { type MeasuredSearch, searchesOf } from './searches.ts';
import { type SqliteProfiles, sqliteProfiles } from './sqlite-profiles.ts';

/** Milliseconds by the clock. */
const bars = { base: { median: 45, most: 250 }, delta: { median: 100, most: 250 } };
const rounds = 12;
/** SQLite takes its time. */
const peerRounds = 2;
const limit = 50;
const budget = { reading: () => ({ budgetSeconds: 60 }) };

const toolsOf = ({ engine }: SnapshotLake): FindTools => ({
  profiles: { getMany: async () => new Map() },
  recent: { ids: async () => [] },
  segments: { get: async () => undefined },
  traits: { all: async () => [] },
  queryEngine: engine,
  memberships: tableMembershipStore(memoryTable()),
  now: () => new Date(),
});

interface Times {
  median: number;
  /** Below this are 99 of 100. */
  most: number;
  /** Of the processors, each search. */
  processor: number;
}

const timesOf = (milliseconds: readonly number[], processorMilliseconds: number): Times => {
  const sorted = milliseconds.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), most: at(0.99), processor: processorMilliseconds / sorted.length };
};

/** Runs every kind of search once a round, after one round that counts for nothing. */
const timed = async (times: number, find: (search: MeasuredSearch) => Promise<unknown>): Promise<Times> => {
  for (const search of searchesOf(1000)) await find(search);
  const taken: number[] = [];
  const used = process.cpuUsage();
  for (let round = 0; round < times; round += 1) {
    for (const search of searchesOf(round)) {
      const began = performance.now();
      await find(search);
      taken.push(performance.now() - began);
    }
  }
  const { user, system } = process.cpuUsage(used);
  return timesOf(taken, (user + system) / 1000);
};

const told = ({ median, most, processor }: Times): string =>
  `p50 ${median.toFixed(0)} ms, p99 ${most.toFixed(0)} ms (${processor.toFixed(0)} ms of processor time each)`;

const holds = ({ median, most }: Times, bar: Pick<Times, 'median' | 'most'>): boolean =>
  median <= bar.median && most <= bar.most;

/** Both must find the same people in the same order, or a comparison says nothing. @throws Error */
const checkSame = async (lake: SnapshotLake, peer: SqliteProfiles): Promise<void> => {
  for (const asked of searchesOf(7)) {
    const { ids, total } = await findProfiles(
      asked.search,
      { ...asked, limit, fieldPolicy: {}, budget },
      toolsOf(lake),
    );
    const found = peer.find(asked);
    if (found.total !== total || found.ids.join() !== ids.join())
      throw new Error(`SQLite finds ${found.total} and not ${total} by ${asked.where}`);
  }
};

/** Searches over so many profiles: on a compacted base, beside SQLite over the same data, and with one in a hundred changed. */
export const profileSearch = async (profiles: number): Promise<Measured> => {
  const folder = await mkdtemp(join(tmpdir(), 'search-bench-'));
  const lake = await snapshotLake({ memoryMegabytes: 1500 });
  try {
    await addPopulation(lake, profiles);
    const find = ({ search, sort }: MeasuredSearch) =>
      findProfiles(search, { sort, limit, fieldPolicy: {}, budget }, toolsOf(lake));
    const base = await timed(rounds, find);
    console.log(`compacted base of ${profiles}: ${told(base)}`);
    const peer = await sqliteProfiles(folder, lake.engine, profiles);
    await checkSame(lake, peer);
    const beside = await timed(peerRounds, async search => peer.find(search));
    peer.close();
    console.log(`SQLite: ${told(beside)}`);
    await tellChanges(lake, changedParts(profiles, 100), 'changed');
    await rewriteSnapshot(lake.rewriting());
    const delta = await timed(rounds, find);
    console.log(`with a delta of 1 %: ${told(delta)}`);
    return {
      line: `search of ${profiles} profiles: base ${told(base)}; delta of 1 % ${told(delta)}; SQLite ${told(beside)}; ratio of medians ${(beside.median / base.median).toFixed(1)}`,
      holds: holds(base, bars.base) && holds(delta, bars.delta),
    };
  } finally {
    await lake.close();
    await rm(folder, { recursive: true, force: true });
  }
};
