import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One line that a probe wrote: `begin` and `end` of an invocation, and what it saw. */
export interface ProbeEntry {
  kind: 'begin' | 'end';
  at: number;
  ids: string[];
  requestId?: string;
  [name: string]: unknown;
}

/** How long a condition may take to come true. */
const patienceMilliseconds = 45_000;

/** Waits until the condition holds; throws with what was there instead. */
export const until = async <Found>(
  what: string,
  look: () => Promise<Found | undefined> | Found | undefined,
  seen = () => '',
) => {
  const end = Date.now() + patienceMilliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what} did not happen in ${patienceMilliseconds / 1000} s. ${seen()}`);
    await sleep(50);
  }
};

/** What the probes of one runtime wrote. */
export class ProbeLogs {
  #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  /** All lines of a probe so far, in order. */
  of(probe: string): ProbeEntry[] {
    const file = join(this.#directory, `${probe}.jsonl`);
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map(line => JSON.parse(line) as ProbeEntry);
  }

  /** The invocations that began. */
  begun(probe: string): ProbeEntry[] {
    return this.of(probe).filter(({ kind }) => kind === 'begin');
  }

  /** The ids of all invocations that came to their end, in order. */
  ended(probe: string): string[] {
    return this.of(probe).flatMap(({ kind, ids }) => (kind === 'end' ? ids : []));
  }

  /** Waits until the lines of a probe satisfy the condition, and answers them. */
  async when(probe: string, what: string, holds: (entries: ProbeEntry[]) => boolean): Promise<ProbeEntry[]> {
    const look = (): ProbeEntry[] | undefined => {
      const entries = this.of(probe);
      return holds(entries) ? entries : undefined;
    };
    return until(`${probe}: ${what}`, look, () => JSON.stringify(this.of(probe)).slice(0, 2000));
  }
}
