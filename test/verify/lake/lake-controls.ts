import type { SnapshotManifest } from '../../../core/model/snapshot-manifest.ts';
import type { Collection } from '../../../core/ports/collection.ts';
import type { LakePartitions } from '../../../core/ports/lake-partitions.ts';

/** The documents that say which objects count. */
interface LakeDocuments {
  lakePartitions: LakePartitions;
  snapshots: Collection<SnapshotManifest>;
}

/** Takes one condition away from them. */
export type LakeControl = (documents: LakeDocuments) => LakeDocuments;

const ofPartitions =
  (control: (partitions: LakePartitions) => LakePartitions): LakeControl =>
  ({ lakePartitions, ...others }) => ({ ...others, lakePartitions: control(lakePartitions) });

const withVersion = async <Document extends { version: number }, Answer>(
  document: Document,
  stands: () => Promise<{ version: number } | undefined>,
  replace: (document: Document) => Promise<Answer>,
): Promise<Answer> => replace({ ...document, version: ((await stands())?.version ?? 0) + 1 });

/** Each of them must be noticed. */
export const lakeControls: Readonly<Record<string, LakeControl>> = {
  /** Nobody knows up to where the files of a day hold a shard. */
  'up-to': ofPartitions(partitions => ({
    ...partitions,
    day: async day => {
      const found = await partitions.day(day);
      return found && { ...found, upTo: {} };
    },
  })),
  /** A batch does not go on where the newest object of its shard ended. */
  'end-of-shard': ofPartitions(partitions => ({
    ...partitions,
    endOf: async () => '',
    addHot: async object =>
      partitions.addHot({ ...object, from: `${object.to.length}${object.at}${Math.trunc(performance.now() * 1000)}` }),
  })),
  /** The last one to change a day holds, whatever others did meanwhile. */
  'day-version': ofPartitions(partitions => ({
    ...partitions,
    replaceDay: async document => {
      const replace = () => withVersion(document, () => partitions.day(document.day), partitions.replaceDay);
      while (!(await replace()));
      return true;
    },
  })),
  /** What was replaced is deleted at once, whoever still reads it. */
  'retired-objects': ofPartitions(partitions => ({
    ...partitions,
    days: async (...range) =>
      (await partitions.days(...range)).map(day => ({
        ...day,
        retired: day.retired.map(objects => ({ ...objects, at: 0 })),
      })),
  })),
  /** The last one to rewrite the snapshot holds, whatever others did meanwhile. */
  'snapshot-version': ({ snapshots, ...others }) => ({
    ...others,
    snapshots: {
      ...snapshots,
      add: async manifest => {
        if (await snapshots.get(manifest.id))
          await withVersion(manifest, () => snapshots.get(manifest.id), snapshots.replace);
        else await snapshots.add(manifest);
      },
      replace: manifest => withVersion(manifest, () => snapshots.get(manifest.id), snapshots.replace),
    },
  }),
};
