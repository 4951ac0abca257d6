import { ulid } from 'ulid';
import type { SnapshotManifest } from '../../../core/model/snapshot-manifest.ts';
import { DocumentChanged } from '../../../core/ports/collection.ts';
import { SnapshotMoved } from '../../../core/ports/profile-snapshot.ts';
import { duckdb } from '../../../functions/adapters/lake/duckdb.ts';
import { duckdbSnapshotFiles } from '../../../functions/adapters/lake/snapshot/duckdb-snapshot-files.ts';
import { objectSnapshotParts } from '../../../functions/adapters/lake/snapshot/object-snapshot-parts.ts';
import { duckdbLakeFiles } from '../../../functions/adapters/lake/write/duckdb-lake-files.ts';
import { eventCommitsIn } from '../../../functions/adapters/lake/write/event-commits.ts';
import { gzipHotFiles } from '../../../functions/adapters/lake/write/gzip-hot-files.ts';
import { tableLakePartitions } from '../../../functions/adapters/lake/write/table-lake-partitions.ts';
import { keys } from '../../../functions/adapters/stores/access-patterns.ts';
import { tableCollection } from '../../../functions/adapters/stores/table-collection.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { handler as rewriteSnapshot } from '../../../functions/jobs/rewrite-snapshot.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import type { Services } from '../../../functions/kit/services.ts';
import { handler as project } from '../../../functions/streams/project.ts';
import type { Hold } from '../../fixtures/hold.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import type { Loop } from '../../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import type { LakeControl } from './lake-controls.ts';
import { LakeFault, LakeProcess } from './lake-process.ts';

const jobs = { merge: mergeLake, compact: compactLake, snapshot: rewriteSnapshot };

export type LakeWorker = 'project' | keyof typeof jobs;

/** Faults that are injected end a worker, and so may others who went on from under it; any other is a finding. */
const isExpected = (fault: unknown): boolean =>
  fault instanceof LakeFault ||
  fault instanceof SnapshotMoved ||
  fault instanceof DocumentChanged ||
  (fault instanceof Error && fault.message.endsWith('by others all the time'));

interface WorkersProps {
  random: SeededRandom;
  loop: Loop;
  /** How likely each request of a worker is to go wrong. */
  probability: number;
  control: LakeControl;
  /** Is told of every fault that nobody injected. */
  onFault: (text: string) => void;
}

/** The real workers of the lake, each run in a process of its own that may end anywhere. */
export class LakeWorkers {
  readonly #props: WorkersProps;
  /** Up to where the stream has been worked off. */
  position = 0;

  constructor(props: WorkersProps) {
    this.#props = props;
  }

  /**
   * Begins with a worker, up to where it is held, if at all. What it says when it ends is no matter but for the
   * stream's.
   */
  async begin(worker: LakeWorker, hold?: Hold): Promise<{ end: Promise<void> }> {
    const { random, probability } = this.#props;
    provideServices(this.#servicesOf(new LakeProcess(seededRandom(random.below(2 ** 31)), probability, hold)));
    const end = this.#run(worker, false);
    await (hold ? Promise.race([hold.reached, end]) : new Promise(resolve => setImmediate(resolve)));
    return { end };
  }

  /** Runs a worker to its end, without faults. */
  async finish(worker: LakeWorker): Promise<void> {
    provideServices(this.#servicesOf(new LakeProcess(this.#props.random, 0)));
    await this.#run(worker, true);
  }

  async #run(worker: LakeWorker, whole: boolean): Promise<void> {
    if (worker === 'project') return this.#project(whole);
    await this.#end(Promise.resolve(jobs[worker]({} as never, lambdaContext)));
  }

  /** A batch that may begin before the place up to which all is done. */
  async #project(whole: boolean): Promise<void> {
    const { random, loop } = this.#props;
    const start = Math.max(0, this.position - random.below(20));
    const end = whole ? loop.changes.length : Math.min(loop.changes.length, this.position + 1 + random.below(12));
    const event = { Records: loop.changes.slice(start, end), shardId: 'shardId-1' } as never;
    if (await this.#end(Promise.resolve(project(event, lambdaContext)))) this.position = Math.max(this.position, end);
  }

  async #end(running: Promise<unknown>): Promise<boolean> {
    try {
      await running;
      return true;
    } catch (fault) {
      if (!isExpected(fault))
        this.#props.onFault(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
      return false;
    }
  }

  #servicesOf(process: LakeProcess): Services {
    const { loop, control } = this.#props;
    const table = process.table(loop.table);
    const lake = process.objects(loop.services.lake);
    const own = {
      lake,
      ...control({
        lakePartitions: tableLakePartitions(table),
        snapshots: tableCollection<SnapshotManifest>(table, keys.snapshot),
      }),
      hotFiles: gzipHotFiles(lake),
      lakeFiles: duckdbLakeFiles(lake),
      snapshotParts: objectSnapshotParts(lake),
      snapshotFiles: duckdbSnapshotFiles(lake, duckdb()),
      eventCommitsIn: eventCommitsIn(table),
      /** An object's age stands in its id. */
      newId: (prefix: string) => `${prefix}-${ulid(loop.clock.at).toLowerCase()}`,
    };
    return Object.defineProperties(
      {},
      { ...Object.getOwnPropertyDescriptors(loop.services), ...Object.getOwnPropertyDescriptors(own) },
    ) as Services;
  }
}
