import type { Loop } from '../../fixtures/run-loop.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';
import { lakeDays } from './lake-intake.ts';

/** Somebody overwrites an object that nobody has merged yet. Returns the events that stood in it. */
export const spoilObject = async ({ services }: Loop, random: SeededRandom): Promise<string[]> => {
  const { lakePartitions, hotFiles, lake } = services;
  const open = (await lakePartitions.hot()).filter(({ mergedAt, events }) => mergedAt === undefined && events);
  const object = open.length === 0 ? undefined : random.pick(open);
  if (!object?.events) return [];
  const documents = await Promise.all(lakeDays.map(day => lakePartitions.day(day)));
  const ends = documents.flatMap(day => day?.upTo['shardId-1'] ?? []);
  if (ends.some(end => BigInt(end) >= BigInt(object.to))) return [];
  const lost = (await hotFiles.events(object.events.key)) ?? [];
  await lake.put(object.events.key, new Uint8Array([1, 2, 3]));
  return lost.map(({ eventId }) => eventId);
};
