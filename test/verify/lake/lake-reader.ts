import { eventCommitsIn } from '../../../functions/adapters/lake/write/event-commits.ts';
import { lakeRows, lakeView, type ReadRow } from '../../fixtures/lake-rows.ts';
import type { Loop } from '../../fixtures/run-loop.ts';
import type { LakeFindings } from './lake-findings.ts';

/** Reads the lake while others work on it, and holds it against what was committed. */
export class LakeReader {
  readonly #loop: Loop;
  readonly #findings: LakeFindings;
  /** Events that nobody can read any more. */
  readonly #spoilt: ReadonlySet<string>;

  constructor(loop: Loop, findings: LakeFindings, spoilt: ReadonlySet<string>) {
    this.#loop = loop;
    this.#findings = findings;
    this.#spoilt = spoilt;
  }

  /** Looks at what there is to read, when the stream was worked off up to `position`; what is returned reads it. */
  async begin(position: number): Promise<() => Promise<void>> {
    const must = await this.#committed(position);
    const views = await lakeView(this.#loop.services);
    return async () => {
      if (this.#spoilt.size > 0) return;
      try {
        this.#compare(must, await lakeRows(this.#loop.services, views));
      } catch (fault) {
        this.#findings.lost.push(`a reader could not read: ${fault instanceof Error ? fault.message : String(fault)}`);
      }
    };
  }

  /** Everything that there is. */
  async readAll(): Promise<ReadRow[]> {
    const rows = await lakeRows(this.#loop.services);
    this.#compare(await this.#committed(this.#loop.changes.length), rows);
    return rows;
  }

  /** The events that were committed up to a place of the stream. */
  async #committed(position: number): Promise<Set<string>> {
    const changes = this.#loop.changes.slice(0, position);
    const { commits } = await eventCommitsIn(this.#loop.table)(changes, changes);
    return new Set(commits.flatMap(({ events }) => events.map(({ id }) => id)));
  }

  #compare(must: ReadonlySet<string>, rows: readonly { eventId: string }[]): void {
    const seen = new Set<string>();
    for (const { eventId } of rows) {
      if (seen.has(eventId)) this.#findings.twice.push(eventId);
      seen.add(eventId);
    }
    for (const id of must) if (!seen.has(id) && !this.#spoilt.has(id)) this.#findings.lost.push(id);
  }
}
