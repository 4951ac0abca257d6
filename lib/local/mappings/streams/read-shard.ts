import { Bell } from '../../engines/bell.ts';
import { pause } from '../../pause.ts';
import type { ShardPosition } from './checkpoints.ts';
import type { Lane } from './lane.ts';
import { laneOfKey, laneSpread } from './lane-of-key.ts';
import { lowestPosition } from './lowest-position.ts';
import type { Page, StreamSource } from './stream-source.ts';

/** What is needed to read one shard. */
export interface ShardReading {
  shardId: string;
  source: StreamSource;
  position: ShardPosition;
  /** Makes the lanes; `moved` is to be called when one of them has come further. */
  openLanes(moved: () => void): Lane[];
  keep(position: ShardPosition): void;
}

/** A bell may miss what an engine does by itself, such as ending a shard: an idle shard is looked at this often. */
const idleMilliseconds = 5000;
/** Records arrive in swarms: what comes within this time is read together. */
const swarmMilliseconds = 100;
const waitingBytesMax = 32 * 1024 * 1024;

const isStale = (error: unknown): boolean =>
  error instanceof Error && ['ExpiredIteratorException', 'TrimmedDataAccessException'].includes(error.name);

class ShardReader {
  #reading: ShardReading;
  #lanes: Lane[];
  #room = new Bell();
  #last: string | undefined;

  constructor(reading: ShardReading) {
    this.#reading = reading;
    this.#last = lowestPosition(reading.position.lanes);
    this.#lanes = reading.openLanes(() => this.#moved());
  }

  /** Reads until the shard has ended or the signal is aborted, while the lanes work. */
  async run(signal: AbortSignal): Promise<void> {
    const own = new AbortController();
    const either = AbortSignal.any([signal, own.signal]);
    const parts = [this.#read(either), ...this.#lanes.map(lane => lane.run(either))].map(part =>
      part.catch((error: unknown) => {
        own.abort();
        throw error;
      }),
    );
    const results = await Promise.allSettled(parts);
    const refused = results.find(result => result.status === 'rejected');
    if (refused) throw refused.reason;
    if (!signal.aborted) this.#reading.keep({ ...this.#position(), finished: true });
  }

  #position(): ShardPosition {
    const { since } = this.#reading.position;
    const lanes = this.#lanes.map(({ position }) => position);
    return { lanes, spread: laneSpread, ...(since !== undefined && { since }) };
  }

  #moved(): void {
    this.#reading.keep(this.#position());
    this.#room.ring();
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { shardId, source } = this.#reading;
    let iterator: string | undefined = await source.open(shardId, this.#last);
    while (iterator !== undefined && !signal.aborted) {
      const seen = source.bell.rings;
      const page: Page = await this.#page(iterator);
      this.#distribute(page);
      iterator = page.next;
      if (page.records.length > 0 || iterator === undefined) await this.#waitForRoom(signal);
      else {
        await source.bell.wait(seen, idleMilliseconds, signal);
        await pause(swarmMilliseconds, signal);
      }
    }
    for (const lane of this.#lanes) lane.end();
  }

  /** Iterators grow old while a shard is idle, and records while the machine is off: then a new one is opened. */
  async #page(iterator: string): Promise<Page> {
    const { shardId, source } = this.#reading;
    try {
      return await source.read(shardId, iterator);
    } catch (error) {
      if (!isStale(error)) throw error;
      const after = (error as Error).name === 'TrimmedDataAccessException' ? undefined : this.#last;
      return source.read(shardId, await source.open(shardId, after));
    }
  }

  #distribute({ records, next }: Page): void {
    const readAt = Date.now();
    const { since = 0 } = this.#reading.position;
    for (const record of records)
      if (record.arrivedAt >= since) this.#lanes[laneOfKey(record.key, this.#lanes.length)]?.push(record, readAt);
    this.#last = records.at(-1)?.sequence ?? this.#last;
    for (const lane of this.#lanes) lane.pageRead(records.at(-1)?.sequence, records.length === 0 && next !== undefined);
  }

  async #waitForRoom(signal: AbortSignal): Promise<void> {
    for (;;) {
      const seen = this.#room.rings;
      const waiting = this.#lanes.reduce((sum, { waitingBytes }) => sum + waitingBytes, 0);
      if (signal.aborted || waiting < waitingBytesMax) return;
      await this.#room.wait(seen, idleMilliseconds, signal);
    }
  }
}

/** Reads one shard to its end; throws when the stream cannot be read or a failure cannot be kept. */
export const readShard = (reading: ShardReading, signal: AbortSignal): Promise<void> =>
  new ShardReader(reading).run(signal);
