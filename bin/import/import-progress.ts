import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Tally } from '../../core/engines/imports/tally.ts';
import { readState, writeState } from '../../lib/local/state-file.ts';

/** What an import has come to: the rows that the platform has answered for, and how it answered. */
export interface ImportProgress {
  /** Where the rows were sent. */
  url: string;
  errorFile: string;
  /** How much of the error file belongs to the rows below. */
  errorBytes: number;
  /** Row numbers, both included, ascending and apart. */
  ranges: [number, number][];
  accepted: number;
  duplicates: number;
  rejected: number;
  warnings: number;
  firstWarning?: string | undefined;
}

type Place = Pick<ImportProgress, 'url' | 'errorFile'>;

export const noProgress = (place: Place): ImportProgress => ({
  ...place,
  errorBytes: 0,
  ranges: [],
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  warnings: 0,
});

export const rowsDone = ({ ranges }: ImportProgress): number =>
  ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);

export const isDone = ({ ranges }: ImportProgress, row: number): boolean =>
  ranges.some(([from, to]) => from <= row && row <= to);

/** Adds neighbouring rows; what touches becomes one range. */
export const addRange = (ranges: readonly [number, number][], added: [number, number]): [number, number][] => {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges, added].sort(([left], [right]) => left - right)) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
};

/** Takes over what became of a batch. */
export const addToProgress = (
  progress: ImportProgress,
  { from, to }: { from: number; to: number },
  { accepted, duplicates, errors, warnings }: Tally,
): ImportProgress => ({
  ...progress,
  ranges: addRange(progress.ranges, [from, to]),
  accepted: progress.accepted + accepted,
  duplicates: progress.duplicates + duplicates,
  rejected: progress.rejected + errors.length,
  warnings: progress.warnings + warnings.length,
  firstWarning: progress.firstWarning ?? warnings[0],
});

/** Where the progress of one import is kept while it is unfinished. */
export interface ProgressKeeper {
  /** Of an earlier run to the same place, as long as its error file is still there. */
  read: (place: Place) => ImportProgress;
  write: (progress: ImportProgress) => void;
  remove: () => void;
}

/** Keeps nothing. */
export const noKeeper: ProgressKeeper = { read: noProgress, write: () => {}, remove: () => {} };

/** Keeps progress below the state directory, one file for each import. */
export const progressFile = (stateDirectory: string, importId: string): ProgressKeeper => {
  const directory = join(stateDirectory, 'imports');
  const file = join(directory, `${importId}.json`);
  const fits = (kept: ImportProgress, { url, errorFile }: Place): boolean =>
    kept.url === url &&
    kept.errorFile === errorFile &&
    (kept.errorBytes === 0 || (existsSync(errorFile) && statSync(errorFile).size >= kept.errorBytes));
  return {
    read: place => {
      const kept = readState<ImportProgress>(file);
      return kept && fits(kept, place) ? kept : noProgress(place);
    },
    write: progress => {
      mkdirSync(directory, { recursive: true });
      writeState(file, progress);
    },
    remove: () => rmSync(file, { force: true }),
  };
};
