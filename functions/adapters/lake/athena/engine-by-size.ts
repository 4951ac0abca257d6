import { emptySnapshot, type SnapshotManifest } from '../../../../core/model/snapshot-manifest.ts';
import type { Collection } from '../../../../core/ports/collection.ts';
import type { QueryEngine } from '../../../../core/ports/query-engine.ts';

interface Engines {
  /** Fetches the files to this machine. */
  near: QueryEngine;
  /** Goes to where the files are. */
  far: QueryEngine;
  snapshots: Pick<Collection<SnapshotManifest>, 'get'>;
  /** What this machine has room for: a quarter of its disk, say. */
  nearBytesMax: number;
}

/** Asks here, unless the files are too large for this machine. What was committed a moment ago is in no file: events are asked here. */
export const engineBySize = ({ near, far, snapshots, nearBytesMax }: Engines): QueryEngine => ({
  ask: async (question, budgetSeconds, signal, events) => {
    if (events !== undefined) return near.ask(question, budgetSeconds, signal, events);
    const { base, delta } = (await snapshots.get(emptySnapshot.id)) ?? emptySnapshot;
    const bytes = (base?.sizeBytes ?? 0) + (delta?.sizeBytes ?? 0);
    return (bytes > nearBytesMax ? far : near).ask(question, budgetSeconds, signal);
  },
});
