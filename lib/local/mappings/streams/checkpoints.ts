import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readState, writeState } from '../../state-file.ts';
import type { OpenWindow } from './tumbling-window.ts';

/** How far one of the lanes of a shard has come. */
export interface LanePosition {
  /** Everything up to this sequence number has been worked off; absent when nothing has. */
  after?: string;
  /** The tumbling window in progress. */
  window?: OpenWindow;
}

/** How far a shard has been read. */
export interface ShardPosition {
  lanes: LanePosition[];
  /** How its keys were given to the lanes. */
  spread?: string;
  /** Records that arrived before this time (milliseconds since the epoch) are none of the mapping's business. */
  since?: number;
  finished?: true;
}

/** The checkpoints of one mapping, one file per shard: `<state>/checkpoints/<mapping uuid>/<shard>.json`. */
export class Checkpoints {
  #directory: string;
  #positions = new Map<string, ShardPosition>();

  /** Reads all files; throws a `LocalError` when one is damaged. */
  constructor(stateDirectory: string, mappingUuid: string) {
    this.#directory = join(stateDirectory, 'checkpoints', mappingUuid);
    if (!existsSync(this.#directory)) return;
    for (const file of readdirSync(this.#directory).filter(name => name.endsWith('.json'))) {
      const position = readState<ShardPosition>(join(this.#directory, file));
      if (position) this.#positions.set(file.slice(0, -'.json'.length), position);
    }
  }

  /** Whether the mapping has never kept a position. */
  get fresh(): boolean {
    return this.#positions.size === 0;
  }

  get finished(): ReadonlySet<string> {
    return new Set([...this.#positions].flatMap(([shardId, { finished }]) => (finished ? [shardId] : [])));
  }

  of(shardId: string): ShardPosition {
    return this.#positions.get(shardId) ?? { lanes: [] };
  }

  /** Keeps a position; it is in the file when this returns. */
  keep(shardId: string, position: ShardPosition): void {
    mkdirSync(this.#directory, { recursive: true });
    writeState(join(this.#directory, `${shardId}.json`), position);
    this.#positions.set(shardId, position);
  }
}
