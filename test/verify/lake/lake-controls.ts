import type { LakePartitions } from '../../../core/ports/lake-partitions.ts';

/** Takes one condition away from the documents of the lake. */
type Control = (partitions: LakePartitions) => LakePartitions;

const withVersion = async <Document extends { version: number }>(
  document: Document,
  stands: () => Promise<{ version: number } | undefined>,
  replace: (document: Document) => Promise<boolean>,
): Promise<boolean> => replace({ ...document, version: ((await stands())?.version ?? 0) + 1 });

/** Each of them must be noticed. */
export const lakeControls: Readonly<Record<string, Control>> = {
  /** Nobody knows up to where the files of a day hold a shard. */
  'up-to': partitions => ({
    ...partitions,
    day: async day => {
      const found = await partitions.day(day);
      return found && { ...found, upTo: {} };
    },
  }),
  /** A batch does not go on where the newest object of its shard ended. */
  'end-of-shard': partitions => ({
    ...partitions,
    endOf: async () => '',
    addHot: async object =>
      partitions.addHot({ ...object, from: `${object.to.length}${object.at}${Math.trunc(performance.now() * 1000)}` }),
  }),
  /** The last one to change a day holds, whatever others did meanwhile. */
  'day-version': partitions => ({
    ...partitions,
    replaceDay: document => withVersion(document, () => partitions.day(document.day), partitions.replaceDay),
  }),
  /** What was replaced is deleted at once, whoever still reads it. */
  'retired-objects': partitions => ({
    ...partitions,
    days: async (...range) =>
      (await partitions.days(...range)).map(day => ({
        ...day,
        retired: day.retired.map(objects => ({ ...objects, at: 0 })),
      })),
  }),
};
