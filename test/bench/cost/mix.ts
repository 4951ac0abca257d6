import { seededRandom } from '../../fixtures/seeded-random.ts';
import { sampleEvent } from '../ingest/sample-events.ts';

/** The mix that the price is stated for. */
export const mix = { eventsPerRequest: 100, eventsPerProfileSecond: 0.5, newProfiles: 0.005, purchases: 0.02 } as const;

/**
 * Requests of a hundred events by people who are active at once: a fiftieth are purchases (each takes its customer over
 * the threshold of one more segment), one in two hundred is the first event of somebody new.
 */
export const requestMaker = (people: number, seed: number): (() => Record<string, unknown>[]) => {
  const random = seededRandom(seed);
  let [made, newcomers] = [0, 0];
  return () =>
    Array.from({ length: mix.eventsPerRequest }, () => {
      made += 1;
      const isNew = random.chance(mix.newProfiles);
      const person = isNew ? people + newcomers++ : random.below(people);
      return sampleEvent(`message-${seed}-${made}`, person, random);
    });
};
