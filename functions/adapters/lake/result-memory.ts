import type { DuckDBMaterializedResult } from '@duckdb/node-api';
import { collectGarbage } from './collect-garbage.ts';

const bytesPerValue = 24;
const unseenBytesMax = 48 * 1024 * 1024;

/**
 * Results lie outside of what the garbage collector sees, and go when it has found that nobody holds them: so it is
 * asked to look when enough has come together.
 */
export class ResultMemory {
  #unseenBytes = 0;

  used({ rowCount, columnCount }: Pick<DuckDBMaterializedResult, 'rowCount' | 'columnCount'>): void {
    this.#unseenBytes += rowCount * columnCount * bytesPerValue;
    if (this.#unseenBytes < unseenBytesMax) return;
    this.#unseenBytes = 0;
    collectGarbage();
  }
}
