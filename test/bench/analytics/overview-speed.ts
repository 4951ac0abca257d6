import { analyticsOverview } from '../../../core/flows/analytics-overview.ts';
import { snapshotLake } from '../../fixtures/snapshot-lake.ts';
import { addPopulation } from '../lake/add-population.ts';

const rounds = 30;

/** Milliseconds of an overview of so many people: the median of many. */
export const overviewSpeed = async (people: number): Promise<number> => {
  const snapshot = await snapshotLake({ memoryMegabytes: 512 });
  try {
    await addPopulation(snapshot, people);
    const totals = { profiles: people, events: people * 10, byDay: {}, watermark: 1 };
    const tools = {
      queryEngine: snapshot.engine,
      counters: {
        totals: async () => totals,
        ofShard: async () => ({ sequence: '', totals }),
        advance: async () => true,
      },
    };
    const clock = { now: Date.parse('2026-02-15T12:00:00Z'), timeZone: 'UTC' };
    const taken: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      await analyticsOverview({}, clock, tools);
      taken.push(performance.now() - began);
    }
    return taken.sort((one, other) => one - other)[rounds / 2] ?? 0;
  } finally {
    await snapshot.close();
  }
};
