import { Bell } from '../../engines/bell.ts';
import type { Log } from '../../log.ts';
import type { Invocable } from '../../worker/invocation.ts';
import { keepRunning } from '../keep-running.ts';
import type { StartingPosition, StreamMapping } from '../read-mapping.ts';
import type { Checkpoints, ShardPosition } from './checkpoints.ts';
import type { GivenUp } from './failure-destination.ts';
import { Lane, type LaneOptions } from './lane.ts';
import { laneSpread } from './lane-of-key.ts';
import { lowestPosition } from './lowest-position.ts';
import { readShard } from './read-shard.ts';
import { readableShards } from './readable-shards.ts';
import type { Shard, StreamSource } from './stream-source.ts';

/** What a mapping of a stream works with. */
export interface StreamMappingOptions {
  mapping: StreamMapping;
  source: StreamSource;
  checkpoints: Checkpoints;
  invoked: Invocable;
  functionArn: string;
  /** Keeps what was given up. */
  keepGivenUp(given: GivenUp): Promise<void>;
  log: Log;
}

/** How soon the shards are listed again when none can be read. Otherwise the end of one is what brings new ones. */
const listingMilliseconds = 10_000;

const longestWaitMilliseconds = 3_600_000;

/** Streams tell times to the second. */
const wholeSecond = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;

const sinceOf = (starting: StartingPosition, now: number): number | undefined =>
  starting.kind === 'oldest' ? undefined : wholeSecond(starting.kind === 'latest' ? now : starting.at);

/** The lanes of a shard; positions of lanes with other keys count for each lane as far as all had come. */
const lanePositions = ({ lanes, spread }: ShardPosition, count: number): ShardPosition['lanes'] => {
  if (lanes.length === count && (count === 1 || spread === laneSpread)) return lanes;
  const passed = lowestPosition(lanes);
  return Array.from({ length: count }, () => (passed === undefined ? {} : { after: passed }));
};

class StreamMappingRun {
  #options: StreamMappingOptions;
  #signal: AbortSignal;
  #changed = new Bell();
  #running = new Map<string, Promise<void>>();
  #startedAt = Date.now();

  constructor(options: StreamMappingOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** Reads every shard, children after their parents, until the signal is aborted. */
  async run(): Promise<void> {
    const { mapping, log } = this.#options;
    await keepRunning(mapping.id, () => this.#followShards(), log, this.#signal);
    await Promise.all(this.#running.values());
  }

  async #followShards(): Promise<void> {
    const { source, checkpoints } = this.#options;
    while (!this.#signal.aborted) {
      const seen = this.#changed.rings;
      const shards = await source.shards();
      if (checkpoints.fresh) this.#begin(shards);
      for (const { id } of readableShards(shards, checkpoints.finished)) if (!this.#running.has(id)) this.#start(id);
      const idle = this.#running.size === 0;
      await this.#changed.wait(seen, idle ? listingMilliseconds : longestWaitMilliseconds, this.#signal);
    }
  }

  /** The first shards of all are read from the starting position, their children from their oldest record. */
  #begin(shards: readonly Shard[]): void {
    const { mapping, checkpoints } = this.#options;
    const since = sinceOf(mapping.startingPosition, Date.now());
    for (const { id } of shards) checkpoints.keep(id, { lanes: [], ...(since !== undefined && { since }) });
  }

  #start(shardId: string): void {
    const { mapping, log } = this.#options;
    const reading = keepRunning(
      `${mapping.id} ${shardId}`,
      () => readShard(this.#reading(shardId), this.#signal),
      log,
      this.#signal,
    );
    this.#running.set(
      shardId,
      reading.then(() => {
        this.#running.delete(shardId);
        this.#changed.ring();
      }),
    );
  }

  #reading(shardId: string): Parameters<typeof readShard>[0] {
    const { mapping, source, checkpoints } = this.#options;
    const position = checkpoints.of(shardId);
    const lanes = lanePositions(position, mapping.parallelization);
    return {
      shardId,
      source,
      position: { ...position, lanes },
      openLanes: moved => lanes.map(lane => new Lane(lane, this.#laneOptions(shardId, moved))),
      keep: kept => checkpoints.keep(shardId, kept),
    };
  }

  #laneOptions(shardId: string, moved: () => void): LaneOptions {
    const { mapping, source, invoked, functionArn, keepGivenUp } = this.#options;
    return {
      cut: mapping,
      delivery: { rules: mapping, runningSince: this.#startedAt },
      shardFields: { shardId, eventSourceARN: source.arn },
      invoke: event => invoked.invoke(event),
      giveUp: (piece, event, condition, result) =>
        keepGivenUp({ piece, event, condition, result, shardId, functionArn, source }),
      moved,
    };
  }
}

/** Runs a mapping of a stream until the signal is aborted and what was in work has come to an end. */
export const runStreamMapping = (options: StreamMappingOptions, signal: AbortSignal): Promise<void> =>
  new StreamMappingRun(options, signal).run();
