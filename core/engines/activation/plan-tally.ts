import { type SkippedTally, skips } from '../../model/sync-outcome.ts';
import type { ConsentedMember } from './consent-gate.ts';
import type { SyncStep } from './plan-sync.ts';

/** What is to be known of a platform to tell what a sync will send there. */
export interface TellingFormat {
  /** By what it finds people, as the keys of its rows. */
  matchKeys: readonly string[];
  /** How many rows one call may have. */
  rowsMax: number;
  /** Fewer people than this are of no use there, or refused. */
  sizeFloor?: number | undefined;
  /** The row of a person as it is sent; `undefined` for who cannot be found there. */
  row(member: ConsentedMember): Readonly<Record<string, string>> | undefined;
}

export interface TellingWarning {
  code: 'NOBODY' | 'TOO_FEW' | 'LOW_COVERAGE' | 'REMOVES_MOST';
  message: string;
}

/** What a sync will do. */
export interface TellingReport {
  planned: { add: number; remove: number; unchanged: number; skipped: SkippedTally };
  /** Of those who will be there: how many have each key. */
  coverage: { key: string; people: number; percent: number }[];
  /** The first rows, as they will be sent. */
  rows: Readonly<Record<string, string>>[];
  calls: number;
  warnings: TellingWarning[];
}

const rowsShown = 10;
const fewPercent = 30;

/** Adds up what a sync will do, step by step, in little memory. */
export class PlanTally {
  readonly #format: TellingFormat;
  readonly #counts = { add: 0, remove: 0, unchanged: 0 };
  readonly #skipped = Object.fromEntries(skips.map(reason => [reason, 0])) as SkippedTally;
  readonly #coverage = new Map<string, number>();
  readonly #rows: Readonly<Record<string, string>>[] = [];

  constructor(format: TellingFormat) {
    this.#format = format;
  }

  /** Takes a step; returns the row that it sends, if any. */
  take(step: SyncStep): Readonly<Record<string, string>> | undefined {
    if (step.operation === 'remove') this.#counts.remove += 1;
    if (step.operation === 'none' && step.skipped !== undefined) this.#skipped[step.skipped] += 1;
    const member = step.operation === 'remove' ? undefined : step.member;
    if (!member) return undefined;
    this.#counts[step.operation === 'add' ? 'add' : 'unchanged'] += 1;
    return this.#cover(member, step.operation === 'add');
  }

  #cover(member: ConsentedMember, isSent: boolean): Readonly<Record<string, string>> | undefined {
    const row = this.#format.row(member);
    if (!row) return undefined;
    for (const key of this.#format.matchKeys) {
      if (row[key] !== undefined) this.#coverage.set(key, (this.#coverage.get(key) ?? 0) + 1);
    }
    if (isSent && this.#rows.length < rowsShown) this.#rows.push(row);
    return isSent ? row : undefined;
  }

  told(): TellingReport {
    const { add, remove, unchanged } = this.#counts;
    const { matchKeys, rowsMax } = this.#format;
    return {
      planned: { add, remove, unchanged, skipped: { ...this.#skipped } },
      coverage: matchKeys.map(key => {
        const people = this.#coverage.get(key) ?? 0;
        return { key, people, percent: percentOf(people, add + unchanged) };
      }),
      rows: [...this.#rows],
      calls: Math.ceil(add / rowsMax) + Math.ceil(remove / rowsMax),
      warnings: this.#warnings(add + unchanged),
    };
  }

  #warnings(size: number): TellingWarning[] {
    const { sizeFloor = 0, matchKeys } = this.#format;
    const { remove, unchanged, add } = this.#counts;
    const best = Math.max(0, ...matchKeys.map(key => this.#coverage.get(key) ?? 0));
    const warnings: (TellingWarning | false)[] = [
      size === 0 && { code: 'NOBODY', message: 'Nobody will be there' },
      size > 0 &&
        size < sizeFloor && {
          code: 'TOO_FEW',
          message: `${size} people are fewer than the ${sizeFloor} that the platform needs; fewer still will be matched`,
        },
      size > 0 &&
        percentOf(best, size) < fewPercent && {
          code: 'LOW_COVERAGE',
          message: `No key is known of more than ${percentOf(best, size)} % of the people`,
        },
      remove > unchanged + add &&
        remove > 0 && {
          code: 'REMOVES_MOST',
          message: `${remove} of ${remove + unchanged} people there will be taken out`,
        },
    ];
    return warnings.filter(one => one !== false);
  }
}

const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part * 1000) / whole) / 10);
