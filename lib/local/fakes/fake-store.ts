import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type FakeRow = Readonly<Record<string, unknown>>;

type Change =
  | { list: string; put: [key: string, row: FakeRow][] }
  | { list: string; remove: string[] }
  | { list: string; clear: true };

/** One request that a stand-in was asked, and what it answered. */
export interface FakeLogEntry {
  at: string;
  method: string;
  path: string;
  status: number;
  /** How many people the request was about. */
  rows?: number | undefined;
  error?: string | undefined;
}

const lines = (path: string): string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter(line => line !== '')
    : [];

/** A line that was being written when the machine stopped is none. */
const changeIn = (line: string): Change | undefined => {
  try {
    return JSON.parse(line) as Change;
  } catch {
    return undefined;
  }
};

/**
 * What a stand-in holds: lists of rows by key. Each change is a line of a journal before it is answered, so that a
 * restart finds what was answered; opening it writes the journal anew.
 */
export class FakeStore {
  readonly #lists = new Map<string, Map<string, FakeRow>>();
  readonly #journal: string;
  readonly #log: string;
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
    mkdirSync(directory, { recursive: true });
    this.#journal = join(directory, 'rows.ndjson');
    this.#log = join(directory, 'requests.ndjson');
    for (const line of lines(this.#journal)) {
      const change = changeIn(line);
      if (change) this.#apply(change);
    }
    this.#compact();
  }

  /** The rows of a list, by key. */
  list(name: string): ReadonlyMap<string, FakeRow> {
    return this.#lists.get(name) ?? new Map();
  }

  lists(): string[] {
    return [...this.#lists.keys()].sort();
  }

  put(list: string, rows: [key: string, row: FakeRow][]): void {
    this.#change({ list, put: rows });
  }

  remove(list: string, keys: string[]): void {
    this.#change({ list, remove: keys });
  }

  clear(list: string): void {
    this.#change({ list, clear: true });
  }

  note(entry: FakeLogEntry): void {
    appendFileSync(this.#log, `${JSON.stringify(entry)}\n`);
  }

  /** Every request so far, oldest first. */
  requests(): FakeLogEntry[] {
    return lines(this.#log).map(line => JSON.parse(line) as FakeLogEntry);
  }

  #change(change: Change): void {
    appendFileSync(this.#journal, `${JSON.stringify(change)}\n`);
    this.#apply(change);
  }

  #apply(change: Change): void {
    const rows = this.#lists.get(change.list) ?? new Map<string, FakeRow>();
    this.#lists.set(change.list, rows);
    if ('put' in change) for (const [key, row] of change.put) rows.set(key, row);
    else if ('remove' in change) for (const key of change.remove) rows.delete(key);
    else rows.clear();
  }

  #compact(): void {
    const whole = [...this.#lists].map(([list, rows]) => `${JSON.stringify({ list, put: [...rows] })}\n`);
    const next = `${this.#journal}.next`;
    writeFileSync(next, whole.join(''));
    renameSync(next, this.#journal);
  }
}
